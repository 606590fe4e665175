/** A subscription's root field comes from one subgraph; what belongs to others is resolved anew for each event. */
import { federate, testContext } from "../federate";
import type { Answer } from "../../../../gateway/engine/contract";

const federation = federate({
  measures: {
    typeDefs: `
      type Query { ok: Boolean }
      type Subscription { measureOrdered(last: Int = 2): Measure }
      type Measure { id: ID! enterprise: Enterprise! }
      type Enterprise @key(fields: "code", resolvable: false) { code: ID! }`,
    resolvers: {
      Subscription: {
        measureOrdered: {
          subscribe: async function* (_: unknown, { last }: { last: number }) {
            for (let id = 1; id <= last; id++)
              yield { measureOrdered: id === 3 ? null : { id: String(id), enterprise: { code: `E${id}` } } };
          },
        },
      },
    },
  },
  registry: {
    typeDefs: `type Enterprise @key(fields: "code") { code: ID! name: String }`,
    resolvers: {
      Enterprise: { __resolveReference: ({ code }: { code: string }) => ({ code, name: `Name of ${code}` }) },
    },
  },
});

async function collect(query: string, variables: Record<string, unknown> = {}): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for await (const answer of federation.engine.subscribe({ query, variables }, testContext()))
    answers.push(answer);
  return answers;
}

test("each event is answered in full, in order", async () => {
  const answers = await collect(
    "subscription ($n: Int) { measureOrdered(last: $n) { id enterprise { name } } }",
    { n: 3 },
  );
  expect(answers.map(({ json }) => JSON.parse(json))).toEqual([
    { data: { measureOrdered: { id: "1", enterprise: { name: "Name of E1" } } } },
    { data: { measureOrdered: { id: "2", enterprise: { name: "Name of E2" } } } },
    { data: { measureOrdered: null } },
  ]);
});

test("a subscription that needs one subgraph only asks no other", async () => {
  federation.asked.length = 0;
  const answers = await collect("subscription { measureOrdered { id } }");
  expect(answers).toHaveLength(2);
  expect(federation.asked).toEqual([]);
});

test("a silent subgraph spoils its part of an event, not the stream", async () => {
  federation.faults.set("registry", async () => ({ data: null }));
  const answers = await collect("subscription { measureOrdered { id enterprise { code name } } }");
  federation.faults.clear();
  expect(answers.map(({ json }) => (JSON.parse(json) as { data: unknown }).data)).toEqual([
    { measureOrdered: { id: "1", enterprise: { code: "E1", name: null } } },
    { measureOrdered: { id: "2", enterprise: { code: "E2", name: null } } },
  ]);
  expect(answers[0]?.errors[0]).toMatchObject({ path: ["measureOrdered", "enterprise", "name"] });
});

test("a subscription is refused where no stream is possible, and a query where one is", async () => {
  const [refused] = await collect("{ ok }");
  expect(refused?.executed).toBe(false);
  expect((await federation.run("subscription { measureOrdered { id } }")).executed).toBe(false);
});

test("an invalid subscription is refused with one answer", async () => {
  const answers = await collect("subscription { nothing }");
  expect(answers.map(({ executed }) => executed)).toEqual([false]);
});

test("leaving early ends the subgraph's stream", async () => {
  const seen: string[] = [];
  for await (const { json } of federation.engine.subscribe(
    { query: "subscription { measureOrdered(last: 1000000) { id } }" },
    testContext(),
  )) {
    seen.push(json);
    if (seen.length === 3) break;
  }
  expect(seen).toHaveLength(3);
});
