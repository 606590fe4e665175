import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import {
  PURPOSES,
  type Assessment,
  type Decision,
  type Purpose,
} from "../../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../../subgraphs/joint/assessment/decide";
import { createSight } from "../../../../subgraphs/joint/assessment/sight";
import type { Evidence, EvidenceFact } from "../../../../subgraphs/joint/evidence/evidence";
import { openCase } from "../../../../subgraphs/joint/judgement/case";
import { createJudge } from "../../../../subgraphs/joint/judgement/judge";
import { keepEvidence } from "../../../../subgraphs/joint/ledger/receipt-content";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import { judgedCases, shippedPacks } from "../assessment/judged-cases";

const [one, other] = ["91330206FAKE000138", "91330206FAKE000213"] as const;
const at = { asOf: "2015-06-30", knownAt: null };
const readOf = (evidence: Evidence, creditCode: string = one) => ({
  evidence,
  kept: keepEvidence(creditCode, evidence),
});
const findPack = async (): Promise<Pack> => (await shippedPacks).find("nb-smart-safety", at.asOf)!;

function safetyTells(...facts: readonly Partial<EvidenceFact>[]): Evidence {
  const none = Object.fromEntries(FACT_DEPARTMENTS.map((name) => [name, { status: "KNOWN", facts: [] }]));
  const whole = facts.map((fact, index) => ({
    id: `0190a000-0000-7000-8000-00000000000${index}`,
    department: "SAFETY",
    documentNumber: `document ${index}`,
    occurredOn: null,
    validFrom: "2015-01-01",
    validUntil: null,
    status: "ACTIVE",
    ...fact,
  }));
  return { ...none, SAFETY: { status: "KNOWN", facts: whole } } as unknown as Evidence;
}

const registered = (name: string): Evidence =>
  safetyTells({ type: "EnterpriseRegistration", values: { name, sector: "INDUSTRY" } });
const graded = (documentNumber: string): Evidence =>
  safetyTells({
    type: "GradeDetermination",
    documentNumber,
    values: { scheme: "nb-smart-safety", grade: "D", cause: "ACCIDENT" },
  });

test("enterprises of which the pack sees the same and names no fact share what follows, and nothing of each other's", async () => {
  const [judge, pack] = [createJudge(), await findPack()];
  const first = judge.assess(pack, readOf(registered("甲公司")), at);
  const second = judge.assess(pack, readOf(registered("乙公司"), other), at);
  expect(second).toBe(first);
  expect(second.decide("LOAN")).toBe(first.decide("LOAN"));
  expect(JSON.stringify(second.assessment)).not.toContain("甲公司");
});

test("where a fact decides, each enterprise is told of its own", async () => {
  const [judge, pack] = [createJudge(), await findPack()];
  const documentsOf = (evidence: Evidence, creditCode: string): readonly unknown[] =>
    judge
      .assess(pack, readOf(evidence, creditCode), at)
      .decide("LOAN")
      .reasons.flatMap(({ fact }) => fact?.documentNumber ?? []);
  expect(new Set(documentsOf(graded("甲"), one))).toEqual(new Set(["甲"]));
  expect(new Set(documentsOf(graded("乙"), other))).toEqual(new Set(["乙"]));
});

test("evidence that is met a third time is remembered, for whichever enterprise", async () => {
  const [judge, pack] = [createJudge(), await findPack()];
  judge.assess(pack, readOf(graded("甲")), at);
  judge.assess(pack, readOf(graded("乙")), at);
  const second = judge.assess(pack, readOf(graded("甲"), other), at);
  judge.assess(pack, readOf(graded("乙")), at);
  expect(judge.assess(pack, readOf(structuredClone(graded("甲"))), at)).toBe(second);
});

test("a case is judged once under a pack, however many purposes ask", async () => {
  const bench = { registry: await shippedPacks, judge: createJudge() };
  const known = { creditCode: one, facts: [], status: "NONE_ON_RECORD" };
  const branches = { safetyEvidence: known, taxEvidence: known, financeEvidence: known };
  const opened = openCase({ creditCode: one, ...at, ...branches }, bench);
  const assessed = opened.apply("nb-smart-safety");
  expect(opened.apply("nb-smart-safety")).toBe(assessed);
  expect(assessed.decide("LOAN")).toBe(assessed.decide("LOAN"));
  expect(assessed.decide("BID")).not.toBe(assessed.decide("LOAN"));
});

test("other evidence, another pack, another day or another knowledge is judged anew", async () => {
  const [judge, pack, registry] = [createJudge(), await findPack(), await shippedPacks];
  const punishing = registry.find("my-integrity-punish", "2019-06-30")!;
  const evidence = registered("甲公司");
  const assessed = [
    judge.assess(pack, readOf(evidence), at),
    judge.assess(pack, readOf({ ...evidence, TAX: { status: "UNKNOWN", why: "away" } }), at),
    judge.assess(punishing, readOf(evidence), at),
    judge.assess(pack, readOf(evidence), { ...at, asOf: "2015-07-01" }),
    judge.assess(pack, readOf(evidence), { ...at, knownAt: "2015-07-02T00:00:00.000Z" }),
  ];
  expect(new Set(assessed).size).toBe(5);
});

test("a failure is not remembered", async () => {
  const [judge, pack] = [createJudge(), await findPack()];
  const broken = { ...pack, program: { ...pack.program, nodes: undefined } } as unknown as Pack;
  const attempt = () => judge.assess(broken, readOf(registered("甲公司")), at);
  expect(attempt).toThrow();
  expect(attempt).toThrow();
});

test("whoever was judged before and whoever is silent, an enterprise's decisions are those of its own evidence", async () => {
  const judge = createJudge();
  const toldOf = (assessment: Assessment, decideSo: (purpose: Purpose) => Decision): string =>
    JSON.stringify([{ ...assessment, evidence: null }, PURPOSES.map(decideSo)]);
  for (const [index, { id, pack, asOf, evidence: whole }] of (await judgedCases()).entries()) {
    const day = { asOf, knownAt: null };
    const silent = FACT_DEPARTMENTS[index % FACT_DEPARTMENTS.length]!;
    for (const evidence of [whole, { ...whole, [silent]: { status: "UNKNOWN", why: "away" } } as Evidence]) {
      judge.assess(pack, readOf(createSight([pack])(evidence).evidence, other), day);
      const judged = judge.assess(pack, readOf(evidence), day);
      const alone = assess(pack, evidence, day);
      expect([id, silent, toldOf(judged.assessment, judged.decide)]).toEqual([
        id,
        silent,
        toldOf(alone, (purpose) => decide(pack, alone, purpose)),
      ]);
    }
  }
});
