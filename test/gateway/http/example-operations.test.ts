import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, execute, parse, validate } from "graphql";
import { checkDocument, checkText, defaultDocumentLimits } from "../../../gateway/engine/limits";
import { exampleOperations } from "../../../gateway/http/example-operations";
import { repositoryRoot } from "../../../schema/root";
import { cast } from "../../../subgraphs/shared/demo-cast";

const schema = buildSchema(readFileSync(join(repositoryRoot, "schema", "api.graphql"), "utf8"));

test.each(exampleOperations.map((example) => [/# (.*)/.exec(example.query)?.[1], example]))(
  "GraphiQL opens with an operation that the graph answers: %s",
  (_comment, example) => {
    const { query, variables } = example as (typeof exampleOperations)[number];
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    expect(checkText(query, defaultDocumentLimits)).toBeNull();
    expect(checkDocument(document, defaultDocumentLimits).refusal).toBeNull();
    for (const definition of document.definitions) {
      const operationName = "name" in definition ? definition.name?.value : undefined;
      const result = execute({
        schema,
        document,
        variableValues: variables,
        operationName: operationName ?? null,
      });
      // Without `data` the variables did not fit.
      expect(result).toHaveProperty("data");
    }
  },
);

test("the examples ask about the demonstration cast", () => {
  const codes = JSON.stringify(exampleOperations).match(/9133[0-9A-Z]{14}/g) ?? [];
  expect(codes.length).toBeGreaterThan(0);
  expect(Object.values(cast)).toEqual(expect.arrayContaining(codes));
});
