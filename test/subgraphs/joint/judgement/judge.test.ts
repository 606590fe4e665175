import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Assessment } from "../../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../../subgraphs/joint/assessment/decide";
import type { Evidence } from "../../../../subgraphs/joint/evidence/evidence";
import { openCase } from "../../../../subgraphs/joint/judgement/case";
import { createJudge } from "../../../../subgraphs/joint/judgement/judge";
import { keepEvidence } from "../../../../subgraphs/joint/ledger/receipt-content";
import type { Pack, PackRegistry } from "../../../../subgraphs/joint/policy/pack/pack";
import { creditCode, evidence } from "../example-decision";

jest.mock("../../../../subgraphs/joint/assessment/assess", () => ({ assess: jest.fn(() => ({})) }));
jest.mock("../../../../subgraphs/joint/assessment/decide", () => ({ decide: jest.fn(() => ({})) }));
beforeEach(() => jest.clearAllMocks());

const pack = {} as Pack;
const at = { asOf: "2024-05-01", knownAt: null };
const readOf = (one: Evidence, code = creditCode) => ({ evidence: one, kept: keepEvidence(code, one) });

test("what came of evidence that is met a second time is remembered, for whichever enterprise", () => {
  const judge = createJudge();
  const other = readOf({ ...evidence, TAX: { status: "KNOWN", facts: [] } });
  judge.assess(pack, readOf(evidence), at);
  judge.assess(pack, other, at);
  const second = judge.assess(pack, readOf(evidence, "91330206MA2ABCDE25"), at);
  judge.assess(pack, other, at);
  expect(judge.assess(pack, readOf(structuredClone(evidence), "91330206MA2ABCDE09"), at)).toBe(second);
  expect(second.decide("LOAN")).toBe(second.decide("LOAN"));
  expect(second.decide("BID")).not.toBe(second.decide("LOAN"));
  expect([jest.mocked(assess).mock.calls.length, jest.mocked(decide).mock.calls.length]).toEqual([4, 2]);
});

test("a case is judged once under a pack, however many purposes ask", () => {
  const key = { creditCode, asOf: at.asOf, knownAt: null };
  const registry = { find: () => pack } as unknown as PackRegistry;
  const one = openCase(key, { registry, judge: createJudge() });
  expect(one.apply("scheme")).toBe(one.apply("scheme"));
  expect(assess).toHaveBeenCalledTimes(1);
});

test("other evidence, another pack, another day or another knowledge is judged anew", () => {
  const judge = createJudge();
  judge.assess(pack, readOf(evidence), at);
  judge.assess(pack, readOf({ ...evidence, TAX: { status: "KNOWN", facts: [] } }), at);
  judge.assess({} as Pack, readOf(evidence), at);
  judge.assess(pack, readOf(evidence), { ...at, asOf: "2024-05-02" });
  judge.assess(pack, readOf(evidence), { ...at, knownAt: "2024-05-02T00:00:00.000Z" });
  expect(assess).toHaveBeenCalledTimes(5);
});

test("a failure is not remembered", () => {
  const judge = createJudge();
  jest.mocked(assess).mockImplementationOnce((): Assessment => {
    throw new Error("two rows under UNIQUE");
  });
  expect(() => judge.assess(pack, readOf(evidence), at)).toThrow("UNIQUE");
  expect(judge.assess(pack, readOf(evidence), at)).toBeDefined();
});
