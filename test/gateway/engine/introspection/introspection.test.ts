/** The schema is told to those who may read it: what callers may ask, nothing of the subgraphs. */
import { buildClientSchema, getIntrospectionQuery, printSchema, type IntrospectionQuery } from "graphql";
import { federate, testContext } from "../federate";

const federation = federate({
  one: {
    typeDefs: `
      "All questions." type Query { thing(id: ID! = "1"): Thing }
      type Thing @key(fields: "id") { id: ID! "Hidden." secret: String @inaccessible shown: String @deprecated(reason: "old") }`,
    resolvers: { Query: { thing: () => ({ id: "1", shown: "s" }) } },
  },
});

test("introspection gives the API schema, without inaccessible fields and federation's own types", async () => {
  const { data } = await federation.ask(getIntrospectionQuery());
  const schema = buildClientSchema(data as unknown as IntrospectionQuery);
  expect(printSchema(schema)).toBe(federation.engine.apiSdl);
  expect(federation.engine.apiSdl).not.toMatch(/secret|join__|_entities|_Any/);
});

test("data and schema may be asked for in one operation, with aliases, fragments and variables", async () => {
  const { data } = await federation.ask(
    `query ($name: String!) { root: __typename ...S thing { id } t: __type(name: $name) { fields(includeDeprecated: true) { name } } }
     fragment S on Query { s: __schema { queryType { name description } } }`,
    { name: "Thing" },
  );
  expect(data).toEqual({
    root: "Query",
    s: { queryType: { name: "Query", description: "All questions." } },
    thing: { id: "1" },
    t: { fields: [{ name: "id" }, { name: "shown" }] },
  });
});

test.each([
  "{ __schema { __typename } }",
  '{ x: __type(name: "Thing") { name } }',
  "{ ...F } fragment F on Query { __schema { __typename } }",
])("%s is refused to a caller who may not read the schema", async (query) => {
  const { executed, errors } = await federation.engine.execute(
    { query },
    { ...testContext(), mayReadSchema: false },
  );
  expect(executed).toBe(false);
  expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

test("`__typename` alone asks no subgraph", async () => {
  federation.asked.length = 0;
  expect((await federation.ask("{ __typename }")).data).toEqual({ __typename: "Query" });
  expect(federation.asked).toEqual([]);
});
