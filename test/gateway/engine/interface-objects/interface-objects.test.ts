/** A subgraph may add a field to all implementations of an interface without knowing one of them. */
import { federate } from "../federate";

const kinds = { "1": "Bank", "2": "Factory", "3": "Bank" } as const;
type Id = keyof typeof kinds;

const federation = federate({
  registry: {
    typeDefs: `
      type Query { parties: [Party!]! party(id: ID!): Party }
      interface Party @key(fields: "id") { id: ID! name: String! }
      type Bank implements Party @key(fields: "id") { id: ID! name: String! licence: String! }
      type Factory implements Party @key(fields: "id") { id: ID! name: String! chimneys: Int! }`,
    resolvers: {
      Query: {
        parties: () => Object.keys(kinds).map((id) => ({ id })),
        party: (_: unknown, { id }: { id: string }) => ({ id }),
      },
      Party: {
        __resolveType: ({ id }: { id: Id }) => kinds[id],
        __resolveReference: ({ id }: { id: Id }) => ({ id, __typename: kinds[id] }),
      },
      Bank: { name: ({ id }: { id: string }) => `Bank ${id}`, licence: () => "L" },
      Factory: { name: ({ id }: { id: string }) => `Factory ${id}`, chimneys: () => 4 },
    },
  },
  ratings: {
    typeDefs: `
      type Query { rated: [Party!]! }
      type Party @key(fields: "id") @interfaceObject { id: ID! score: Int }`,
    resolvers: {
      Query: { rated: () => ["3", "2"].map((id) => ({ id })) },
      Party: {
        __resolveReference: (reference: object) => reference,
        score: ({ id }: { id: string }) => Number(id) * 10,
      },
    },
  },
});

test("the added field is there for every implementation, asked for through the interface or the type", async () => {
  const { data, errors } = await federation.ask(
    "{ parties { __typename name score ... on Bank { licence mark: score } ... on Factory { chimneys } } }",
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    parties: [
      { __typename: "Bank", name: "Bank 1", score: 10, licence: "L", mark: 10 },
      { __typename: "Factory", name: "Factory 2", score: 20, chimneys: 4 },
      { __typename: "Bank", name: "Bank 3", score: 30, licence: "L", mark: 30 },
    ],
  });
});

test("objects that come from the subgraph without types get their types from the one that has them", async () => {
  const { data } = await federation.ask("{ rated { __typename id score name } }");
  expect(data).toEqual({
    rated: [
      { __typename: "Bank", id: "3", score: 30, name: "Bank 3" },
      { __typename: "Factory", id: "2", score: 20, name: "Factory 2" },
    ],
  });
});

test("what the planner knows no way to answer is refused, and nobody is asked", async () => {
  federation.asked.length = 0;
  const { data, errors } = await federation.ask("{ rated { ... on Factory { chimneys } } }");
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: "QUERY_PLAN_FAILED" } }]);
  expect(federation.asked).toEqual([]);
});

test("while the typed subgraph is silent, types are errors and what needs none is answered", async () => {
  federation.faults.set("registry", async () => ({ data: null }));
  const { data, errors } = await federation.ask("{ rated { id score } }");
  const typed = await federation.ask("{ rated { __typename id } }");
  federation.faults.clear();
  expect([data, errors]).toEqual([
    {
      rated: [
        { id: "3", score: 30 },
        { id: "2", score: 20 },
      ],
    },
    undefined,
  ]);
  expect(typed.errors?.length).toBeGreaterThan(0);
});
