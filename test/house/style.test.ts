/** The style rules that a machine can check. Every failure names the file and the reason. */
import ts from "typescript";
import { lineOf, nodesOf, readSources, type SourceFile } from "./source-files";

const FUNCTION_LINES_MAX = 40;
const PARAMETERS_MAX = 3;

const sources = readSources();
const shipped = sources.filter(({ path }) => !path.startsWith("test/"));

describe("style", () => {
  const isExported = (node: ts.Node): boolean =>
    ts.canHaveModifiers(node) &&
    Boolean(ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));

  test("nothing is exported without a name", () => {
    // Jest takes its global set-up as a default export.
    const allowed = /^test\/(postgres-server|postgres-server-stop)\.ts$/;
    const isDefault = (node: ts.Node): boolean =>
      ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword;
    const found = sources
      .filter(({ path }) => !allowed.test(path))
      .filter(({ tree }) =>
        tree.statements.some(
          (one) => isDefault(one) || (ts.canHaveModifiers(one) && ts.getModifiers(one)?.some(isDefault)),
        ),
      );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  test("the word 'any' is no type here", () => {
    const found = sources.flatMap((file) =>
      [...nodesOf(file.tree)]
        .filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword)
        .map((node) => lineOf(file, node)),
    );
    expect(found).toEqual([]);
  });

  test("work that is left to do is not left in comments", () => {
    const found = sources.filter(
      ({ path, text }) => path !== "test/house/style.test.ts" && /\b(TODO|FIXME|XXX|HACK)\b/.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  const functionsOf = (file: SourceFile): ts.FunctionLikeDeclaration[] =>
    [...nodesOf(file.tree)].filter(
      (node): node is ts.FunctionLikeDeclaration =>
        ts.isFunctionLike(node) && "body" in node && node.body !== undefined,
    );

  // The lines of a function without those of the functions in it: a factory is as long as what it does itself.
  function ownLines(node: ts.Node, tree: ts.SourceFile): number {
    const linesOf = (one: ts.Node): number =>
      tree.getLineAndCharacterOfPosition(one.end).line -
      tree.getLineAndCharacterOfPosition(one.getStart(tree)).line +
      1;
    const inner: ts.Node[] = [];
    const collect = (child: ts.Node): void => {
      if (ts.isFunctionLike(child) && "body" in child && child.body) inner.push(child);
      else ts.forEachChild(child, collect);
    };
    ts.forEachChild(node, collect);
    return linesOf(node) - inner.reduce((sum, one) => sum + linesOf(one) - 1, 0);
  }

  test(`what ships has no function longer than ${FUNCTION_LINES_MAX} lines`, () => {
    const found = shipped.flatMap((file) =>
      functionsOf(file).flatMap((node) => {
        const lines = ownLines(node, file.tree);
        return lines > FUNCTION_LINES_MAX ? [`${lineOf(file, node)} has ${lines} lines`] : [];
      }),
    );
    expect(found).toEqual([]);
  });

  test(`what ships has no function of more than ${PARAMETERS_MAX} parameters`, () => {
    // The decorated parameters of a resolver are arguments of a field, named by whoever asks.
    const isArgument = (node: ts.ParameterDeclaration): boolean => Boolean(ts.getDecorators(node)?.length);
    const among = shipped;
    const found = among.flatMap((file) =>
      functionsOf(file)
        .filter(({ parameters }) => parameters.filter((one) => !isArgument(one)).length > PARAMETERS_MAX)
        .map((node) => lineOf(file, node)),
    );
    expect(found).toEqual([]);
  });

  test("classes are entities, resolvers, migrations and errors", () => {
    const isOne = (node: ts.ClassLikeDeclaration): boolean => {
      const heritage = node.heritageClauses?.map((clause) => clause.getText()).join(" ") ?? "";
      // type-graphql takes a class for every input type; those of facts are made from the catalogue.
      const isMade = node.name === undefined && node.members.length === 0;
      return (
        isMade ||
        Boolean(ts.getDecorators(node)?.length) ||
        /Error|Exception|Refus|Interface|Fact\b/.test(heritage)
      );
    };
    const found = shipped.flatMap((file) =>
      [...nodesOf(file.tree)]
        .filter((node): node is ts.ClassLikeDeclaration => ts.isClassLike(node) && !isOne(node))
        .map((node) => `${lineOf(file, node)} ${node.name?.text ?? "(unnamed)"}`),
    );
    expect(found).toEqual([]);
  });

  test("every export of the shared parts says what it promises", () => {
    const among = shipped.filter(({ path }) =>
      /^(schema|subgraphs\/shared|subgraphs\/joint|gateway\/engine)\//.test(path),
    );
    const isDocumented = (node: ts.Node): boolean =>
      ts.getJSDocCommentsAndTags(node).length > 0 ||
      // Classes of the graph are described in it, for the officer who reads it.
      (ts.canHaveDecorators(node) && Boolean(ts.getDecorators(node)?.length)) ||
      (ts.isClassDeclaration(node) && /MigrationInterface/.test(node.heritageClauses?.[0]?.getText() ?? ""));
    const found = among.flatMap((file) =>
      file.tree.statements
        .filter((node) => isExported(node) && !isDocumented(node))
        .map((node) => `${lineOf(file, node)} ${node.getText().slice(0, 60).split("\n")[0]}`),
    );
    expect(found).toEqual([]);
  });
});
