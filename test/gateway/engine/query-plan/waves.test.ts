/** A fetch waits for what it needs and for nothing else: the waves of an operation are its longest chain of needs. */
import type { SubgraphResponse } from "../../../../gateway/engine/contract";
import { federate, type Federation, type TestSubgraph } from "../federate";

const departments = ["safety", "transport", "construction", "tax", "finance"];

function department(name: string): TestSubgraph {
  return {
    typeDefs: `
      type Enterprise @key(fields: "code") { code: ID! ${name}: Record${name} ${name}Points: Int! }
      type Record${name} { count: Int! holder: Person }
      type Person @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Enterprise: {
        __resolveReference: (reference: object) => reference,
        [name]: () => ({ count: 1, holder: { id: name } }),
        [`${name}Points`]: () => 2,
      },
    },
  };
}

const federation = federate({
  joint: {
    typeDefs: `
      type Query { enterprise(code: ID!): Enterprise }
      type Enterprise @key(fields: "code") {
        code: ID!
        ${departments.map((name) => `${name}Points: Int! @external`).join(" ")}
        points: Int! @requires(fields: "${departments.map((name) => `${name}Points`).join(" ")}")
        taxPointsTwice: Int! @requires(fields: "taxPoints")
      }`,
    resolvers: {
      Query: { enterprise: (_: unknown, { code }: { code: string }) => ({ code }) },
      Enterprise: {
        __resolveReference: (reference: object) => reference,
        points: (enterprise: Record<string, number>) =>
          departments.reduce((sum, name) => sum + enterprise[`${name}Points`]!, 0),
        taxPointsTwice: ({ taxPoints }: { taxPoints: number }) => taxPoints * 2,
      },
    },
  },
  people: {
    typeDefs: `type Person @key(fields: "id") { id: ID! name: String }`,
    resolvers: {
      Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Holder of ${id}` }) },
    },
  },
  ...Object.fromEntries(departments.map((name) => [name, department(name)])),
});

/** Holds every request until no other can come, so that requests of one wave are answered together. */
async function countWaves(
  { faults, ask }: Federation,
  query: string,
): Promise<{ readonly waves: number; readonly data: unknown }> {
  let waves = 0;
  let held: (() => void)[] = [];
  const hold = (respond: () => Promise<SubgraphResponse>) =>
    new Promise<SubgraphResponse>((resolve) => {
      if (held.length === 0)
        setTimeout(() => {
          waves++;
          const wave = held;
          held = [];
          for (const release of wave) release();
        }, 5);
      held.push(() => void respond().then(resolve));
    });
  for (const name of ["joint", "people", ...departments]) faults.set(name, hold);
  const { data } = await ask(query);
  faults.clear();
  return { waves, data };
}

test.each([
  ['{ enterprise(code: "A") { code } }', 1],
  [`{ enterprise(code: "A") { code ${departments.map((name) => `${name} { count }`).join(" ")} } }`, 2],
  ['{ enterprise(code: "A") { points } }', 3],
  ['{ enterprise(code: "A") { points tax { holder { name } } } }', 3],
  [
    '{ enterprise(code: "A") { taxPointsTwice points safety { count holder { name } } finance { holder { name } } } }',
    3,
  ],
])("%s takes as many waves as its longest chain", async (query, longest) => {
  const { waves, data } = await countWaves(federation, query);
  expect(data).not.toBeNull();
  expect(waves).toBe(longest);
});

test("a record and evidence of one department are one request", async () => {
  federation.asked.length = 0;
  await federation.ask('{ enterprise(code: "A") { points tax { count } } }');
  expect(federation.asked.filter(({ subgraph }) => subgraph === "tax")).toHaveLength(1);
});

test("an entity that is met many times is asked about once", async () => {
  const library = federate({
    books: {
      typeDefs: `
        type Query { books: [Book!]! }
        type Book { title: String! author: Author! }
        type Author @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: {
        Query: { books: () => ["1", "2", "1", "1"].map((id) => ({ title: `By ${id}`, author: { id } })) },
      },
    },
    authors: {
      typeDefs: `type Author @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Author: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Author ${id}` }) },
      },
    },
  });
  const { data } = await library.ask("{ books { author { name } } }");
  expect(data).toEqual({
    books: ["1", "2", "1", "1"].map((id) => ({ author: { name: `Author ${id}` } })),
  });
  expect(library.asked[1]?.variables).toEqual({
    representations: [
      { __typename: "Author", id: "1" },
      { __typename: "Author", id: "2" },
    ],
  });
});
