/** The repository's own TypeScript, parsed, for the house rules. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../schema/root";

/** One file. `imports` are relative to the repository for our own files, else package names. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** One import. A type-only import is gone when the code runs. */
export interface Import {
  readonly target: string;
  readonly isOwn: boolean;
  readonly isTypeOnly: boolean;
}

/** Every file that git knows or would add, relative to the repository. */
export function listFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: repositoryRoot,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(join(repositoryRoot, path)));
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

function resolveOwn(from: string, specifier: string): string {
  const target = normalize(join(dirname(from), specifier)).replace(/\.js$/, "");
  const candidates = [`${target}.ts`, `${target}.tsx`, `${target}.d.ts`, join(target, "index.ts"), target];
  return candidates.find((path) => existsSync(join(repositoryRoot, path))) ?? target;
}

function importOf(path: string, specifier: string, isTypeOnly: boolean): Import {
  const isOwn = specifier.startsWith(".");
  return { target: isOwn ? resolveOwn(path, specifier) : packageOf(specifier), isOwn, isTypeOnly };
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return Boolean(
    !clause.name &&
    bindings &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((one) => one.isTypeOnly),
  );
}

/** Every node of a tree, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

function importsOf(path: string, tree: ts.SourceFile): readonly Import[] {
  const found: Import[] = [];
  for (const node of nodesOf(tree)) {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      found.push(importOf(path, (node.moduleSpecifier as ts.StringLiteral).text, isTypeOnly(node)));
    if (!ts.isCallExpression(node)) continue;
    const isDynamic =
      node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "require";
    const [argument] = node.arguments;
    // What is loaded when it is needed makes no cycle at load time, but it is an import all the same.
    if (isDynamic && argument && ts.isStringLiteral(argument))
      found.push(importOf(path, argument.text, false));
  }
  return found;
}

/** Every TypeScript file of the repository. */
export function readSources(): readonly SourceFile[] {
  return listFiles()
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => {
      const text = readFileSync(join(repositoryRoot, path), "utf8");
      const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
      return { path, text, tree, imports: importsOf(path, tree) };
    });
}

/** Where a node stands, for a failure. */
export function lineOf({ tree, path }: SourceFile, node: ts.Node): string {
  return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
