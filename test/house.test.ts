/** The house rules that a machine can check. Every failure names the file and the reason. */
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { basename, join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../schema/root";
import { type Import, lineOf, listFiles, nodesOf, readSources, type SourceFile } from "./house/source-files";

const FILE_LINES_MAX = 300;
const TOP_LEVEL = [
  "gateway",
  "subgraphs",
  "schema",
  "test",
  "docker-compose.yml",
  "package.json",
  "tsconfig.json",
  "README.md",
  "package-lock.json",
  "LICENSE",
  "CHANGELOG.md",
  // Tools that read their settings nowhere else.
  "eslint.config.mjs",
  "jest.config.js",
];

// Data that is read as one list.
const CATALOGUES = ["schema/fact-catalogue.ts"];

const files = listFiles();
const sources = readSources();
const shipped = sources.filter(({ path }) => !path.startsWith("test/"));
const isIn = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const subgraphOf = (path: string): string | undefined => /^subgraphs\/([^/]+)\//.exec(path)?.[1];

/** What breaks a rule, as `file -> import (reason)`. */
function findImports(
  among: readonly SourceFile[],
  isAllowed: (one: Import, path: string) => boolean,
  reason: string,
): string[] {
  return among.flatMap(({ path, imports }) =>
    imports.filter((one) => !isAllowed(one, path)).map(({ target }) => `${path} -> ${target} (${reason})`),
  );
}

describe("the tree", () => {
  test("the top level holds what a newcomer expects, and nothing else", () => {
    const entries = new Set(files.map((path) => path.split("/")[0]!));
    expect([...entries].filter((name) => !name.startsWith(".") && !TOP_LEVEL.includes(name))).toEqual([]);
  });

  test("files are named in kebab case, after the one thing they are about", () => {
    const isNamedWell = (path: string): boolean =>
      /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx|mjs|js)$/.test(basename(path));
    const isMigration = (path: string): boolean => /\/migrations\/\d{14}-[a-z0-9-]+\.ts$/.test(path);
    const code = files.filter(
      (path) => /\.(ts|tsx|mjs|js)$/.test(path) && !/^(jest|eslint)\.config\./.test(path),
    );
    expect(code.filter((path) => !isNamedWell(path) && !isMigration(path))).toEqual([]);
  });

  test("no file is called after nothing in particular", () => {
    const vague = /(^|\/)(utils?|helpers?|common|base|managers?|types|misc)\.tsx?$/;
    expect(files.filter((path) => vague.test(path))).toEqual([]);
  });

  test(`no file is longer than ${FILE_LINES_MAX} lines`, () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));
    const tolerated = [...CATALOGUES, "test/gateway/cache/caching-transport.test.ts"];
    const isLong = ({ path, lines }: (typeof lengths)[number]) =>
      lines > FILE_LINES_MAX && !tolerated.includes(path);
    expect(lengths.filter(isLong)).toEqual([]);
  });
});

describe("who may import whom", () => {
  test("the contract imports nothing of ours", () => {
    const among = sources.filter(({ path }) => isIn("schema")(path));
    expect(
      findImports(among, (one) => !one.isOwn || isIn("schema")(one.target), "schema is everybody's"),
    ).toEqual([]);
  });

  test("a subgraph imports the contract and subgraphs/shared, never a sibling or the gateway", () => {
    const among = shipped.filter(({ path }) => subgraphOf(path) !== undefined);
    const isAllowed = (one: Import, path: string): boolean =>
      !one.isOwn ||
      isIn("schema")(one.target) ||
      isIn("subgraphs/shared")(one.target) ||
      subgraphOf(one.target) === subgraphOf(path);
    expect(findImports(among, isAllowed, "siblings meet in the graph alone")).toEqual([]);
  });

  test("the engine imports itself and libraries: any supergraph runs on it", () => {
    const among = shipped.filter(({ path }) => isIn("gateway/engine")(path));
    const isAllowed = (one: Import): boolean => !one.isOwn || isIn("gateway/engine")(one.target);
    expect(findImports(among, isAllowed, "nothing in the engine knows an enterprise")).toEqual([]);
  });

  test("the gateway meets subgraphs through the supergraph; only composition roots know more", () => {
    // The screening worker is a process of its own: it asks the gateway's engine for what joint's queue holds.
    const roots = ["gateway/cli", "gateway/screening"];
    const isRoot = (path: string): boolean =>
      roots.some((folder) => isIn(folder)(path)) || path === "gateway/main.ts";
    const among = shipped.filter(({ path }) => isIn("gateway")(path) && !isRoot(path));
    const isAllowed = (one: Import): boolean => !one.isOwn || !isIn("subgraphs")(one.target);
    expect(findImports(among, isAllowed, "the gateway knows no business rule")).toEqual([]);
  });

  test("judgement is pure: no GraphQL, no database, and assessments read no files", () => {
    const impure = ["graphql", "type-graphql", "pg", "typeorm", "@apollo/server", "fastify", "undici"];
    const isPure = (one: Import): boolean => one.isOwn || one.isTypeOnly || !impure.includes(one.target);
    const policy = shipped.filter(({ path }) => isIn("subgraphs/joint/policy")(path));
    const assessment = shipped.filter(({ path }) => isIn("subgraphs/joint/assessment")(path));
    expect(findImports([...policy, ...assessment], isPure, "policy and assessment are pure")).toEqual([]);
    const touchesDisk = ({ target }: Import): boolean => target.startsWith("node:fs");
    expect(findImports(assessment, (one) => !touchesDisk(one), "assessments read no files")).toEqual([]);
  });

  test("judgement has no clock: what day it is comes in as a value", () => {
    const among = shipped.filter(({ path }) => /^subgraphs\/joint\/(policy|assessment)\//.test(path));
    const readsClock = (node: ts.Node): boolean =>
      (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) ||
      (ts.isCallExpression(node) && /^(Date|performance)\.now$/.test(node.expression.getText()));
    const found = among.flatMap((file) =>
      [...nodesOf(file.tree)].filter(readsClock).map((node) => lineOf(file, node)),
    );
    expect(found).toEqual([]);
  });

  test("nothing that ships imports the tests", () => {
    expect(
      findImports(shipped, (one) => !one.isOwn || !isIn("test")(one.target), "test is not shipped"),
    ).toEqual([]);
  });

  test("what ships uses only packages that are installed where it runs", () => {
    const manifest = readFileSync(join(repositoryRoot, "package.json"), "utf8");
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    const isThere = ({ target, isOwn, isTypeOnly }: Import): boolean =>
      isOwn ||
      isTypeOnly ||
      target.startsWith("node:") ||
      builtinModules.includes(target) ||
      target in dependencies;
    const isServer = ({ path }: SourceFile): boolean => !isIn("gateway/console")(path);
    expect(findImports(shipped.filter(isServer), isThere, "not among the dependencies")).toEqual([]);
  });

  test("there is no cycle", () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter((one) => one.isOwn && !one.isTypeOnly).map((one) => one.target),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path))
        return void cycles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      if (done.has(path)) return;
      for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test("a file that only passes on what others export is a subgraph's index", () => {
    const isBarrel = ({ tree }: SourceFile): boolean =>
      tree.statements.length > 0 &&
      tree.statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier);
    expect(sources.filter(isBarrel).map(({ path }) => path)).toEqual([]);
  });
});
