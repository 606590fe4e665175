/** Operations as callers write them: variables, aliases, conditions, lists, abstract types; and those that are refused. */
import { federate } from "../federate";

const federation = federate({
  echo: {
    typeDefs: `
      type Query {
        echo(text: String, list: [Int!], filter: Filter, kind: Kind = LOW, flag: Boolean, any: JSON, id: ID, rate: Float): String!
        grid: [[Cell]!]!  things: [Thing!]!  shape: Shape  thing: Thing
      }
      input Filter { min: Int = 3 inner: Filter tags: [String!] }
      enum Kind { LOW HIGH }
      scalar JSON
      type Cell @key(fields: "at") { at: ID! }
      union Thing = Box | Ball
      interface Shape { area: Float! }
      type Box implements Shape @key(fields: "at") { at: ID! area: Float! side: Float! }
      type Ball implements Shape { area: Float! radius: Float! }`,
    resolvers: {
      Query: {
        echo: (_: unknown, args: object) => JSON.stringify(args),
        grid: () => [[{ at: "a" }, null], [], [{ at: "b" }, { at: "a" }]],
        things: () => [
          { __typename: "Box", at: "x", area: 4, side: 2 },
          { __typename: "Ball", area: 3, radius: 1 },
        ],
        thing: () => null,
        shape: () => ({ __typename: "Box", at: "y", area: 1, side: 1 }),
      },
    },
  },
  names: {
    typeDefs: `
      type Cell @key(fields: "at") { at: ID! name: String! }
      type Box @key(fields: "at") { at: ID! label: String! }`,
    resolvers: {
      Cell: { __resolveReference: ({ at }: { at: string }) => ({ at, name: `cell ${at}` }) },
      Box: { __resolveReference: ({ at }: { at: string }) => ({ at, label: `box ${at}` }) },
    },
  },
});

test.each([
  ["String", "text", 'q"\\\n\u2028😀'],
  ["[Int!]", "list", [1, -2]],
  ["[Int!]", "list", null],
  ["Filter", "filter", { min: 1, inner: { min: 3, tags: [] } }],
  ["Kind", "kind", "HIGH"],
  ["Boolean", "flag", false],
  ["JSON", "any", { deep: [null, { __proto__x: 1 }] }],
  ["ID", "id", "7"],
  ["Float", "rate", 1.5],
])("a variable of type %s reaches the subgraph as it is", async (type, name, value) => {
  const { data } = await federation.ask(`query ($v: ${type}) { echo(${name}: $v) }`, { v: value });
  expect(JSON.parse(String(data?.["echo"]))).toEqual({ kind: "LOW", [name]: value });
});

test("defaults of variables and of arguments count when nothing is given", async () => {
  const { data } = await federation.ask(
    'query ($t: String = "d", $f: Filter = {}) { echo(text: $t, filter: $f) }',
  );
  expect(JSON.parse(String(data?.["echo"]))).toEqual({ text: "d", filter: { min: 3 }, kind: "LOW" });
});

test("an integer for an ID, and one value for a list, are coerced", async () => {
  const { data } = await federation.ask("query ($i: ID, $l: [Int!]) { echo(id: $i, list: $l) }", {
    i: 7,
    l: 1,
  });
  expect(JSON.parse(String(data?.["echo"]))).toEqual({ id: "7", list: [1], kind: "LOW" });
});

test.each([
  ["[Int!]", [1, "2"]],
  ["Int!", undefined],
  ["Kind", "MIDDLE"],
  ["Filter", { max: 1 }],
  ["String", 5],
])("a wrong value for a variable of type %s is refused before anybody is asked", async (type, value) => {
  federation.asked.length = 0;
  const argument =
    type === "Int!"
      ? "list: [$v]"
      : ({ "[Int!]": "list: $v", Kind: "kind: $v", Filter: "filter: $v" }[type] ?? "text: $v");
  const { json, executed } = await federation.run(`query ($v: ${type}) { echo(${argument}) }`, { v: value });
  expect(executed).toBe(false);
  expect(json).toMatch(/BAD_USER_INPUT/);
  expect(federation.asked).toEqual([]);
});

test("nested lists keep their shape, nulls and repeated entities", async () => {
  const { data } = await federation.ask("{ grid { spot: at name } }");
  expect(data).toEqual({
    grid: [
      [{ spot: "a", name: "cell a" }, null],
      [],
      [
        { spot: "b", name: "cell b" },
        { spot: "a", name: "cell a" },
      ],
    ],
  });
});

test("unions and interfaces give each object the fields of its type", async () => {
  const { data } = await federation.ask(
    "{ things { t: __typename ... on Shape { area } ... on Box { side label } ... on Ball { radius } } shape { area ... on Box { label } } thing { __typename } }",
  );
  expect(data).toEqual({
    things: [
      { t: "Box", area: 4, side: 2, label: "box x" },
      { t: "Ball", area: 3, radius: 1 },
    ],
    shape: { area: 1, label: "box y" },
    thing: null,
  });
});

test.each([
  ["{ e: echo @skip(if: true) e: echo }", ["e"]],
  ["{ e: echo e: echo @include(if: false) }", ["e"]],
  ["query ($no: Boolean = false) { e: echo @include(if: $no) e: echo @skip(if: $no) }", ["e"]],
  ["query ($no: Boolean = false) { e: echo @include(if: $no) @skip(if: $no) }", []],
  ["query ($no: Boolean = false) { ... @skip(if: $no) { ... @include(if: $no) { e: echo } } }", []],
])("%s asks for exactly its included fields", async (query, keys) => {
  const { data } = await federation.ask(query);
  expect(Object.keys(data ?? {})).toEqual(keys);
});

test("one operation answers differently as its conditions change", async () => {
  const query = "query ($with: Boolean!) { shape { area ... on Box @include(if: $with) { label } } }";
  for (const given of [true, false, true]) {
    const { data } = await federation.ask(query, { with: given });
    expect(data).toEqual({ shape: given ? { area: 1, label: "box y" } : { area: 1 } });
  }
});

test("fragments that cannot apply to any object leave an empty object", async () => {
  const { data } = await federation.ask(
    "{ shape { ... on Box { ... on Shape { ... on Ball { radius } } } } }",
  );
  expect(data).toEqual({ shape: {} });
});

test.each(["constructor", "toString", "valueOf", "hasOwnProperty"])(
  "the alias '%s' is a key like any other",
  async (alias) => {
    const { data } = await federation.ask(`{ ${alias}: thing { __typename } shape { ${alias}: area } }`);
    expect(data).toEqual({ [alias]: null, shape: { [alias]: 1 } });
  },
);

test.each([
  ["{ __proto__: echo }", "GRAPHQL_VALIDATION_FAILED", /reserved/],
  ["{ ... @defer { echo } }", "GRAPHQL_VALIDATION_FAILED", /@defer is not supported/],
  ["{ things @stream { __typename } }", "GRAPHQL_VALIDATION_FAILED", /@stream is not supported/],
  ["{ ech }", "GRAPHQL_VALIDATION_FAILED", /^Cannot query field "ech" on type "Query"\.$/],
  [
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "GRAPHQL_VALIDATION_FAILED",
    /itself/,
  ],
  ["{ echo", "GRAPHQL_PARSE_FAILED", /Syntax Error/],
  ["query A { echo } query B { echo }", "OPERATION_RESOLUTION_FAILURE", /operationName/],
  ["fragment A on Query { echo }", "GRAPHQL_VALIDATION_FAILED", /never used/],
])("%s is refused", async (query, code, message) => {
  const { executed, errors } = await federation.run(query);
  expect(executed).toBe(false);
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toMatch(message);
});

test("a document of 5,000 nested selections is refused, and the next one answered", async () => {
  const { executed } = await federation.run("{ a ".repeat(5_000) + "}".repeat(5_000));
  expect(executed).toBe(false);
  expect((await federation.ask("{ thing { __typename } }")).data).toEqual({ thing: null });
});
