/** A field moves from one subgraph to another: at once, for a label, or for a share of the requests. */
import { federate, type TestSubgraph } from "../federate";

const from = (name: string, field: string): TestSubgraph => ({
  typeDefs: `type Query { ${name}: Int } type Thing @key(fields: "id") { id: ID! ${field} }`,
  resolvers: { Thing: { __resolveReference: (reference: object) => ({ ...reference, answer: name }) } },
});

const root: TestSubgraph = {
  typeDefs: `type Query { thing: Thing } type Thing @key(fields: "id", resolvable: false) { id: ID! }`,
  resolvers: { Query: { thing: () => ({ id: "1" }) } },
};

async function whoAnswers(override: string, options: Parameters<typeof federate>[1] = {}): Promise<unknown> {
  const federation = federate(
    { root, old: from("old", "answer: String"), next: from("next", `answer: String @override(${override})`) },
    options,
  );
  const { data } = await federation.ask("{ thing { answer } }");
  return (data?.["thing"] as { answer: unknown }).answer;
}

test("an overridden field comes from its new subgraph", async () => {
  expect(await whoAnswers('from: "old"')).toBe("next");
});

test.each([
  [["move"], "next"],
  [[], "old"],
])("with the labels %j a field under a label comes from %s", async (labels, expected) => {
  const overrides = () => ({ labels: new Set(labels), percentage: 0 });
  expect(await whoAnswers('from: "old", label: "move"', { overrides })).toBe(expected);
});

test.each([
  [24.9, "next"],
  [25, "old"],
])("a request at %d of 100 gets a quarter's override from %s", async (percentage, expected) => {
  const overrides = () => ({ labels: new Set<string>(), percentage });
  expect(await whoAnswers('from: "old", label: "percent(25)"', { overrides })).toBe(expected);
});
