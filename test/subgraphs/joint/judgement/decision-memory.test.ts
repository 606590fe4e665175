import type { Evidence } from "../../../../subgraphs/joint/evidence/evidence";
import {
  createDecisionMemory,
  type DecisionMemory,
  type MadeDecision,
} from "../../../../subgraphs/joint/judgement/decision-memory";
import { type Judgement, keepEvidence } from "../../../../subgraphs/joint/ledger/receipt-content";
import { creditCode, decision, evidence as oneIsSilent } from "../example-decision";

const AGE_MS = 10_000;
const NOW = Date.parse("2026-11-26T15:59:58.000Z");
const evidence: Evidence = { ...oneIsSilent, TAX: { status: "KNOWN", facts: [] } };
const judgement: Judgement = {
  creditCode,
  asOf: "2026-11-26",
  knownAt: null,
  decision: { ...decision, missing: [] },
  evidence: keepEvidence(creditCode, evidence),
};
const signed = { kid: "key", content: "x".repeat(2_000) };
const madeNow = (of: Judgement): MadeDecision => ({
  decision: of.decision,
  receipt: { id: "receipt", decidedAt: new Date().toISOString(), jws: () => "" },
});

let memory: DecisionMemory;

/** A question is remembered from its second decision on. */
function decideTwice(of: Judgement = judgement): MadeDecision {
  memory.keep(of, madeNow(of), signed);
  expect(memory.find(of, "key")).toBeUndefined();
  const made = madeNow(of);
  memory.keep(of, made, signed);
  return made;
}

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ["performance"] });
  memory = createDecisionMemory({ charactersMax: 100_000, ageMsMax: AGE_MS });
});
afterEach(() => jest.useRealTimers());

test("a question asked a third time within seconds is answered by the decision that was made of it", () => {
  const made = decideTwice();
  jest.setSystemTime(NOW + AGE_MS);
  expect(memory.find(judgement, "key")).toBe(made);
});

test.each<[string, Partial<Judgement>]>([
  ["another enterprise", { creditCode: "91330206MA2ABCDE25" }],
  ["another day, as after midnight when none is named", { asOf: "2026-11-27" }],
  ["a state of knowledge", { knownAt: "2026-11-26T15:59:58.000Z" }],
  ["another purpose", { decision: { ...judgement.decision, purpose: "LOAN" } }],
  ["another pack", { decision: { ...judgement.decision, scheme: { ...decision.scheme, sha256: "00" } } }],
  ["a judgement that came out otherwise", { decision: { ...judgement.decision, outcome: "NORMAL" } }],
  [
    "other evidence",
    { evidence: keepEvidence(creditCode, { ...evidence, SAFETY: { status: "KNOWN", facts: [] } }) },
  ],
])("%s is decided anew", (_what, change) => {
  decideTwice();
  expect(memory.find({ ...judgement, ...change }, "key")).toBeUndefined();
});

test("what was signed with a key that is not in use any more is decided anew", () => {
  decideTwice();
  expect(memory.find(judgement, "next key")).toBeUndefined();
});

test("a decision is not answered when it has come of age, nor when the clock stands before it", () => {
  decideTwice();
  jest.setSystemTime(NOW + AGE_MS + 1);
  expect(memory.find(judgement, "key")).toBeUndefined();
  jest.setSystemTime(NOW);
  memory.keep(judgement, madeNow(judgement), signed);
  jest.setSystemTime(NOW - 1);
  expect(memory.find(judgement, "key")).toBeUndefined();
});

test("what has come of age is remembered again from the next decision on", () => {
  decideTwice();
  jest.setSystemTime(NOW + AGE_MS + 1);
  memory.find(judgement, "key");
  const made = madeNow(judgement);
  memory.keep(judgement, made, signed);
  expect(memory.find(judgement, "key")).toBe(made);
});

test("what is decided while a department is silent is decided anew each time", () => {
  const silent = { ...judgement, evidence: keepEvidence(creditCode, oneIsSilent) };
  decideTwice(silent);
  expect(memory.find(silent, "key")).toBeUndefined();
});

test("the memory stays within its size, and a population that is asked about once leaves nothing in it", () => {
  const of = (index: number): Judgement => ({ ...judgement, creditCode: `enterprise ${index}` });
  const indexes = Array.from({ length: 500 }, (_, index) => index);
  const found = () => indexes.filter((index) => memory.find(of(index), "key")).length;
  for (const index of indexes) memory.keep(of(index), madeNow(of(index)), signed);
  expect(found()).toBe(0);
  for (const index of indexes) memory.keep(of(index), madeNow(of(index)), signed);
  expect(found()).toBe(Math.floor(100_000 / (signed.content.length + 1_000)));
});
