/** An event brings a part of what later fetches bring: what both write is put together. */
import { federate, testContext, type TestAnswer } from "../federate";

const RECORD = "type Record @shareable { grade: String points: Int }";

async function* changes() {
  yield { changed: { code: "A", record: { grade: "甲" } } };
}

const federation = federate({
  events: {
    typeDefs: `type Query { ping: String } type Subscription { changed: Enterprise! }
      type Record { grade: String @shareable }
      type Enterprise @key(fields: "code") { code: ID! record: Record @shareable }`,
    resolvers: { Subscription: { changed: { subscribe: changes } } },
  },
  tax: {
    typeDefs: `${RECORD.replace("grade: String ", "").replace(" @shareable", "")}
      type Enterprise @key(fields: "code") { code: ID! record: Record @shareable }`,
    resolvers: {
      Enterprise: {
        __resolveReference: ({ code }: { readonly code: string }) => ({ code, record: { points: 80 } }),
      },
    },
  },
});

test("a record that an event begins and another subgraph completes is whole", async () => {
  const query = "subscription { changed { code record { grade points } } }";
  const answers: TestAnswer[] = [];
  for await (const { json } of federation.engine.subscribe({ query }, testContext()))
    answers.push(JSON.parse(json) as TestAnswer);
  expect(answers).toEqual([{ data: { changed: { code: "A", record: { grade: "甲", points: 80 } } } }]);
});

test("and so is a record of which the event has nothing", async () => {
  const query = "subscription { changed { code record { points } } }";
  for await (const { json } of federation.engine.subscribe({ query }, testContext()))
    expect(JSON.parse(json)).toEqual({ data: { changed: { code: "A", record: { points: 80 } } } });
});
