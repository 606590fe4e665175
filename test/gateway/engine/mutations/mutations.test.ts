/** Mutations run one after another, whatever subgraphs they belong to; none is made twice. */
import { TransportError } from "../../../../gateway/engine/contract";
import { federate } from "../federate";

function ledgerFederation() {
  const log: string[] = [];
  const record = (subgraph: string) => ({
    typeDefs: `
      type Query { ${subgraph}: Int }
      type Mutation { ${subgraph}(text: String!): Entry${subgraph} }
      type Entry${subgraph} { text: String! subject: Subject! }
      type Subject @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Mutation: {
        [subgraph]: async (_: unknown, { text }: { text: string }) => {
          log.push(`${text} begins`);
          await new Promise((resolve) => setTimeout(resolve, 3));
          log.push(`${text} ends`);
          if (text === "fails") throw new Error("no");
          return { text, subject: { id: text } };
        },
      },
    },
  });
  const federation = federate({
    tax: record("tax"),
    safety: record("safety"),
    subjects: {
      typeDefs: `type Subject @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Subject: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Subject ${id}` }) },
      },
    },
  });
  return { federation, log };
}

const inSeries = (...texts: readonly string[]) => texts.flatMap((text) => [`${text} begins`, `${text} ends`]);

test("mutations of several subgraphs run in the order of the document", async () => {
  const { federation, log } = ledgerFederation();
  const { data } = await federation.ask(
    'mutation { a: tax(text: "1") { subject { name } } b: safety(text: "2") { text } c: tax(text: "3") { text } }',
  );
  expect(log).toEqual(inSeries("1", "2", "3"));
  expect(data).toEqual({ a: { subject: { name: "Subject 1" } }, b: { text: "2" }, c: { text: "3" } });
});

test("conditions and fragments do not change their order", async () => {
  const { federation, log } = ledgerFederation();
  await federation.ask(
    `mutation ($no: Boolean!) {
      ... @skip(if: $no) { a: tax(text: "1") { text } b: safety(text: "2") { text } }
      c: tax(text: "3") { text } d: safety(text: "4") @include(if: $no) { text }
    }`,
    { no: false },
  );
  expect(log).toEqual(inSeries("1", "2", "3"));
});

test("one that fails leaves the others made, and is not made again", async () => {
  const { federation, log } = ledgerFederation();
  const { data, errors } = await federation.ask(
    'mutation { a: tax(text: "fails") { text } b: safety(text: "2") { text } }',
  );
  expect(log).toEqual(inSeries("fails", "2"));
  expect(data).toEqual({ a: null, b: { text: "2" } });
  expect(errors).toMatchObject([{ path: ["a"] }]);
});

test.each([
  ["timeout", /gave no answer: the change may have been made or not/],
  ["breaker_open", /could not be asked/],
] as const)(
  "whoever gets no answer (%s) is told whether the change may have been made",
  async (reason, words) => {
    const { federation } = ledgerFederation();
    federation.faults.set("tax", () => Promise.reject(new TransportError(reason, "10.0.0.7:4004")));
    const { data, errors } = await federation.ask('mutation { tax(text: "1") { text } }');
    expect(data).toEqual({ tax: null });
    expect(errors?.map(({ message }) => message)).toEqual([expect.stringMatching(words)]);
  },
);
