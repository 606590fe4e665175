/** What a subgraph says exactly as it was asked goes on as it came; what it says otherwise is answered as if it had been parsed. */
import fc from "fast-check";
import { fromByteText, toByteText } from "../../../../gateway/engine/byte-text";
import type { SubgraphResponse, Transport } from "../../../../gateway/engine/contract";
import { createEngine } from "../../../../gateway/engine/engine";
import { isVerbatim } from "../../../../gateway/engine/verbatim/verbatim";
import { composeSupergraph, testContext, type TestAnswer } from "../federate";

const supergraphSdl = composeSupergraph({
  joint: {
    typeDefs: `type Query { enterprises: [Enterprise!]! }
      enum Status { ON_RECORD NONE }
      scalar JSON
      type Evidence @shareable { status: Status! facts: [Fact!]! }
      type Fact @shareable { id: ID! days: Int share: Float counted: Boolean values: JSON! }
      type Enterprise @key(fields: "code") { code: ID! evidence: Evidence @external name: String! @external
        verdict: String @requires(fields: "evidence { status facts { id days share counted values } }")
        length: Int @requires(fields: "name") }`,
  },
  tax: {
    typeDefs: `enum Status { ON_RECORD NONE }
      scalar JSON
      type Evidence @shareable { status: Status! facts: [Fact!]! }
      type Fact @shareable { id: ID! days: Int share: Float counted: Boolean values: JSON! }
      type Record { grade: String facts: [Fact] }
      type Enterprise @key(fields: "code") { code: ID! name: String! record: Record evidence: Evidence }`,
  },
});

const FACT = '{"id":"事实-1","days":-3,"share":1.50,"counted":true,"values":{"a":[1,{"b":null}],"c":""}}';
const OTHER_FACT = '{"id":"2","days":null,"share":null,"counted":null,"values":"x"}';
const RECORD = `{"grade":"甲 级","facts":[${FACT},null,${OTHER_FACT}]}`;
const EVIDENCE = `{"status":"ON_RECORD","facts":[${FACT},${OTHER_FACT}]}`;

const FACT_FIELDS = "{ id days share counted values }";
const RECORDS = `{ enterprises { code record { grade facts ${FACT_FIELDS} } } }`;
const VERDICTS = "{ enterprises { verdict code } }";

/** What tax says of the enterprises A and B. */
interface Said {
  readonly record?: string;
  readonly evidence?: string;
}

/** The text of tax's answer: its fields in the order of the request, as every subgraph writes them. */
function textOf(query: string, { record = RECORD, evidence = EVIDENCE }: Said): string {
  const values: Record<string, string> = { record, evidence, name: '"x"' };
  const order = [...query.matchAll(/(?<=[{} ])(record|evidence|name|code)(?=[{} ])/g)].map(([name]) => name);
  const entityOf = (code: string) =>
    `{${order.map((name) => `"${name}":${name === "code" ? `"${code}"` : values[name]!}`).join()}}`;
  return `{"data":{"_entities":[${entityOf("A")},${entityOf("B")}]}}`;
}

/** What the transports take and give. */
interface Ways {
  readonly readsBytes?: boolean;
  /** Of the transport to `joint`: a subgraph in this process. */
  readonly local?: Pick<Transport, "takesValues" | "takesVerbatim">;
}

/** One operation, asked of subgraphs that say this. `isRead` tells whether tax's answer was more than parsed. */
async function ask(query: string, write: (asked: string) => string, { readsBytes = true, local }: Ways = {}) {
  let isRead = false;
  const sentToJoint: string[] = [];
  let evidence: unknown;
  const transports = (name: string): Transport => ({
    ...(name === "joint" && local ? local : { readsBytes }),
    send: async (request): Promise<SubgraphResponse> => {
      if (name === "tax") {
        const bytes = toByteText(write(request.query));
        const read = readsBytes ? request.read?.(bytes) : undefined;
        isRead = read !== undefined;
        return read ?? (JSON.parse(fromByteText(bytes)) as SubgraphResponse);
      }
      if (!request.query.includes("_entities"))
        return { data: { enterprises: ["A", "B"].map((code) => ({ __typename: "Enterprise", code })) } };
      if (local) evidence = (request.variables["representations"] as { evidence: unknown }[])[0]!.evidence;
      else sentToJoint.push(fromByteText(request.variablesJson));
      const entities = ["A", "B"].map((code) => ({ verdict: "可以", length: 1, code }));
      return { data: { _entities: entities } };
    },
    close: async () => {},
  });
  const engine = createEngine({ supergraphSdl, transports });
  const answer = await engine.execute({ query }, testContext());
  const bytes = answer.bytes === undefined ? undefined : fromByteText(answer.bytes);
  return { json: answer.json, bytes, isRead, sentToJoint, evidence };
}

const parsed = (json: string) => JSON.parse(json) as TestAnswer;

test("a record that the caller takes whole is shown as it came, to the byte", async () => {
  const { json, bytes, isRead } = await ask(RECORDS, (query) => textOf(query, {}));
  expect(isRead).toBe(true);
  const entity = (code: string) => `{"code":"${code}","record":${RECORD}}`;
  expect(json).toBe(`{"data":{"enterprises":[${entity("A")},${entity("B")}]}}`);
  expect(bytes).toBe(json);
});

test("evidence that one other subgraph takes whole is sent on as it came, to the byte", async () => {
  const { json, isRead, sentToJoint } = await ask(VERDICTS, (query) =>
    textOf(query, { evidence: sameOrder(query) }),
  );
  expect(isRead).toBe(true);
  expect(sentToJoint).toHaveLength(1);
  expect(sentToJoint[0]).toContain('"share":1.50');
  expect(sentToJoint[0]).toContain("事实-1");
  expect(parsed(json).data).toEqual({
    enterprises: ["A", "B"].map((code) => ({ verdict: "可以", code })),
  });
});

/** The planner orders what is required as it likes: the subgraph answers in the order it is asked in. */
function sameOrder(query: string): string {
  const fields: Record<string, string> = JSON.parse(
    `{"id":"\\"事实-1\\"","days":"-3","share":"1.50","counted":"true","values":"{}"}`,
  ) as Record<string, string>;
  const [, factKeys = ""] = /facts\{([^}]*)\}/.exec(query) ?? [];
  const fact = `{${factKeys
    .split(" ")
    .map((key) => `"${key}":${fields[key]!}`)
    .join()}}`;
  return query.indexOf("status") < query.indexOf("facts")
    ? `{"status":"ON_RECORD","facts":[${fact}]}`
    : `{"facts":[${fact}],"status":"ON_RECORD"}`;
}

test("a subgraph in this process is given evidence verbatim only if it knows what that is", async () => {
  const say = (query: string) => textOf(query, { evidence: sameOrder(query) });
  const given = await ask(VERDICTS, say, { local: { takesValues: true, takesVerbatim: true } });
  expect(given.isRead).toBe(true);
  expect(isVerbatim(given.evidence) && given.evidence.bytes).toContain('"share":1.50');
  const opened = await ask(VERDICTS, say, { local: { takesValues: true } });
  expect(opened.evidence).toMatchObject({ status: "ON_RECORD", facts: [{ share: 1.5 }] });
  expect(opened.json).toBe(given.json);
});

test.each<[string, string]>([
  ["null", "null"],
  ["an empty list", '{"grade":null,"facts":[]}'],
])("%s is shown as it is", async (_name, record) => {
  const { json, isRead } = await ask(RECORDS, (query) => textOf(query, { record }));
  expect(isRead).toBe(true);
  expect(json).toContain(`"record":${record}`);
});

test.each<[string, string]>([
  ["a field in another place", '{"facts":[],"grade":"A"}'],
  ["a field too many", '{"grade":"A","facts":[],"more":1}'],
  ["a field too few", '{"grade":"A"}'],
  ["white space", '{"grade": "A","facts":[]}'],
  ["an escape", '{"grade":"\\u7532","facts":[]}'],
  ["a quote within a text", '{"grade":"a\\"b","facts":[]}'],
  ["a number for a text", '{"grade":1,"facts":[]}'],
  ["a fraction for an integer", RECORD.replace("-3", "-3.5")],
  ["an integer of more than 32 bits", RECORD.replace("-3", "99999999999")],
  ["a number without end", RECORD.replace("1.50", "1e999")],
  ["null where none may be", RECORD.replace('"id":"2"', '"id":null')],
  ["a list for an object", "[]"],
])("%s is answered as if it had been parsed", async (_name, record) => {
  const write = (query: string) => textOf(query, { record });
  const { json, isRead } = await ask(RECORDS, write);
  expect(isRead).toBe(false);
  expect(parsed(json)).toEqual(parsed((await ask(RECORDS, write, { readsBytes: false })).json));
});

test("an answer with errors is parsed", async () => {
  const errors = ',"errors":[{"message":"x","path":["_entities",0,"record"]}]}';
  const { isRead } = await ask(RECORDS, (query) => textOf(query, {}).replace(/\}$/, errors));
  expect(isRead).toBe(false);
});

test("what the caller and another subgraph both take is parsed", async () => {
  const query = `{ enterprises { verdict evidence { status facts ${FACT_FIELDS} } } }`;
  const { json, isRead } = await ask(query, (asked) => textOf(asked, { evidence: sameOrder(asked) }));
  expect(isRead).toBe(false);
  expect(parsed(json).errors).toBeUndefined();
});

test("a leaf that is sent on may be in any script", async () => {
  const { sentToJoint } = await ask("{ enterprises { length } }", (query) =>
    textOf(query, {}).replaceAll('"x"', '"北仑化工"'),
  );
  expect(sentToJoint[0]).toContain('"name":"北仑化工"');
});

/** A text and one to three places at which something is put in, taken out, or replaced. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(3),
    put: fc.constantFrom(...'{}[],:"0-1.e \n\\\u0001甲', "null", "true", '"a"', ",", '"id":', "E5", ""),
  }),
  { minLength: 1, maxLength: 3 },
);

function damaged(text: string, wounds: readonly { at: number; length: number; put: string }[]): string {
  let result = text;
  for (const { at, length, put } of wounds) {
    const place = Math.floor(at * result.length);
    result = result.slice(0, place) + put + result.slice(place + length);
  }
  return result;
}

test("whatever is read could be parsed, and is answered alike", async () => {
  const property = fc.asyncProperty(damage, async (wounds) => {
    const write = (query: string) => damaged(textOf(query, {}), wounds);
    const read = await ask(RECORDS, write);
    const plain = await ask(RECORDS, write, { readsBytes: false });
    expect(parsed(read.json)).toEqual(parsed(plain.json));
  });
  await fc.assert(property, { numRuns: 400, seed: 20261126 });
}, 60_000);
