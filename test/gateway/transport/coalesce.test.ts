import type {
  RequestContext,
  SubgraphRequest,
  SubgraphResponse,
  Transport,
} from "../../../gateway/engine/contract";
import { TransportError } from "../../../gateway/engine/contract";
import { coalesceEntities } from "../../../gateway/transport/coalesce";

const query =
  "query($representations:[_Any!]!){_entities(representations:$representations){...on Tax{code}}}";

function request(...codes: readonly string[]): SubgraphRequest {
  const listJson = codes.map((code) => JSON.stringify({ code })).join(",");
  const variablesJson = `{"representations":[${listJson}]}`;
  return {
    query,
    variablesJson,
    variables: JSON.parse(variablesJson) as Record<string, unknown>,
    isMutation: false,
    entities: { count: codes.length, listJson },
  };
}

function context(requestId: string, attributes: Record<string, string> = { caller: "bank" }): RequestContext {
  return { requestId, deadlineAt: 10_000, attributes };
}

interface Sent {
  readonly codes: readonly string[];
  readonly context: RequestContext;
}

/** A subgraph that echoes what it is asked, and writes down how it was asked. */
function createEcho(answer: (codes: readonly string[]) => SubgraphResponse = echo) {
  const sent: Sent[] = [];
  const transport: Transport = {
    send: async (asked, asker) => {
      const { representations } = asked.variables as { representations: { code: string }[] };
      const codes = representations.map(({ code }) => code);
      sent.push({ codes, context: asker });
      return answer(codes);
    },
    close: async () => undefined,
  };
  return { sent, together: coalesceEntities(transport) };
}

const echo = (codes: readonly string[]): SubgraphResponse => ({
  data: { _entities: codes.map((code) => ({ code })) },
});
const codesOf = ({ data }: SubgraphResponse) =>
  (data!["_entities"] as { code: string }[]).map(({ code }) => code);

test("what is asked in one turn travels as one request, and everyone gets their own part", async () => {
  const { sent, together } = createEcho();
  const answers = await Promise.all([
    together.send(request("A"), context("1")),
    together.send(request("B", "C"), context("2")),
    together.send(request("A"), context("3")),
  ]);
  expect(sent.map(({ codes }) => codes)).toEqual([["A", "B", "C", "A"]]);
  expect(answers.map(codesOf)).toEqual([["A"], ["B", "C"], ["A"]]);
  expect(sent[0]!.context.attributes).toEqual({ caller: "bank", "request-ids": "1,2,3" });
});

test("requests of different callers, or for different purposes, never travel together", async () => {
  const { sent, together } = createEcho();
  await Promise.all([
    together.send(request("A"), context("1", { caller: "bank" })),
    together.send(request("B"), context("2", { caller: "tax bureau" })),
    together.send(request("C"), context("3", { caller: "bank", purpose: "LOAN" })),
  ]);
  expect(sent.map(({ codes }) => codes)).toEqual([["A"], ["B"], ["C"]]);
});

test("a request that is alone goes as it came", async () => {
  const { sent, together } = createEcho();
  await together.send(request("A"), context("1"));
  expect(sent[0]!.context).toEqual(context("1"));
});

test("mutations, large batches and requests with other variables wait for nobody", async () => {
  const { sent, together } = createEcho();
  const large = request(...Array.from({ length: 100 }, (_, index) => `E${index}`));
  const withOthers = { ...request("A"), entities: undefined };
  const sending = [large, withOthers, { ...request("B"), isMutation: true }].map((each) =>
    together.send(each, context("1")),
  );
  expect(sent).toHaveLength(3);
  await Promise.all(sending);
});

test("a deadline that is near does not cut short the requests of others", async () => {
  const { sent, together } = createEcho();
  await Promise.all([
    together.send(request("A"), { ...context("1"), deadlineAt: 100 }),
    together.send(request("B"), { ...context("2"), deadlineAt: 5_000 }),
  ]);
  expect(sent).toHaveLength(2);
});

test("an error about one entity reaches only the caller who asked for it, at its own place", async () => {
  const { together } = createEcho((codes) => ({
    data: { _entities: codes.map((code) => (code === "C" ? null : { code })) },
    errors: [{ message: "no C", path: ["_entities", 2, "tax"] }],
  }));
  const [one, two] = await Promise.all([
    together.send(request("A"), context("1")),
    together.send(request("B", "C"), context("2")),
  ]);
  expect(one!.errors).toEqual([]);
  expect(two!.errors).toEqual([{ message: "no C", path: ["_entities", 1, "tax"] }]);
});

test.each([
  ["answers with too few", () => ({ data: { _entities: [] } })],
  ["answers with null", () => ({ data: null, errors: [{ message: "failed" }] })],
  [
    "breaks off",
    () => {
      throw new TransportError("malformed", "The answer is not JSON.");
    },
  ],
])("when a subgraph %s over one caller's entity, the others are asked again without it", async (_, fail) => {
  const { sent, together } = createEcho((codes) => (codes.includes("POISON") ? fail() : echo(codes)));
  const [good, bad] = await Promise.allSettled([
    together.send(request("A"), context("1")),
    together.send(request("POISON"), context("2")),
  ]);
  expect(good).toMatchObject({ status: "fulfilled", value: { data: { _entities: [{ code: "A" }] } } });
  expect(bad).not.toMatchObject({ value: { data: { _entities: [{ code: "POISON" }] } } });
  expect(sent).toHaveLength(3);
});

test("a subgraph that does not answer in time is not asked again", async () => {
  const { sent, together } = createEcho(() => {
    throw new TransportError("timeout", "No answer in time.");
  });
  const settled = await Promise.allSettled([
    together.send(request("A"), context("1")),
    together.send(request("B"), context("2")),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(sent).toHaveLength(1);
});
