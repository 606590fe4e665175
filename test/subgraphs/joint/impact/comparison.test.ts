import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Evidence, EvidenceFact } from "../../../../subgraphs/joint/evidence/evidence";
import { createComparer } from "../../../../subgraphs/joint/impact/comparison";
import { questionsAbout, UNDETERMINED } from "../../../../subgraphs/joint/impact/questions";
import { createSight } from "../../../../subgraphs/joint/assessment/sight";
import { withParameters } from "../../../../subgraphs/joint/policy/pack/read-pack";
import { type JudgedCase, judgedCases, shippedPacks } from "../assessment/judged-cases";

const silenced = (evidence: Evidence, silent: readonly FactDepartment[]): Evidence =>
  Object.fromEntries(
    FACT_DEPARTMENTS.map((one) => [
      one,
      silent.includes(one) ? { status: "UNKNOWN", why: "away" } : evidence[one],
    ]),
  ) as Evidence;

const NOBODY: readonly FactDepartment[] = [];
const answersOf = ({ pack, asOf }: JudgedCase, evidence: Evidence): readonly string[] => {
  const assessment = assess(pack, evidence, { asOf, knownAt: null });
  return questionsAbout([pack]).map(({ answer }) => answer(assessment));
};

test("what the packs cannot see of the evidence makes no difference to any answer, whoever is silent", async () => {
  for (const [at, one] of (await judgedCases()).entries()) {
    const see = createSight([one.pack]);
    for (const silent of [NOBODY, [FACT_DEPARTMENTS[at % FACT_DEPARTMENTS.length]!]]) {
      const whole = silenced(one.evidence, silent);
      expect([one.id, silent, answersOf(one, see(whole).evidence)]).toEqual([
        one.id,
        silent,
        answersOf(one, whole),
      ]);
    }
  }
});

const change = (evidence: Evidence, rewrite: (fact: EvidenceFact) => EvidenceFact): Evidence =>
  Object.fromEntries(
    FACT_DEPARTMENTS.map((one) => {
      const told = evidence[one];
      return [one, told.status === "KNOWN" ? { ...told, facts: told.facts.map(rewrite) } : told];
    }),
  ) as Evidence;

test("enterprises that differ in names, document numbers and ids look the same; in a grade they do not", async () => {
  const beilun = (await judgedCases()).find(({ id }) => id.startsWith("NB-"))!;
  const see = createSight([beilun.pack]);
  const renamed = change(beilun.evidence, (fact) => ({
    ...fact,
    id: `other-${fact.id}`,
    documentNumber: "another",
    values: { ...fact.values, ...(fact.type === "EnterpriseRegistration" && { name: "另一企业" }) },
  }));
  expect(see(renamed).text).toBe(see(beilun.evidence).text);
  const later = change(beilun.evidence, (fact) => ({ ...fact, validFrom: "2001-02-03" }));
  expect(see(later).text).not.toBe(see(beilun.evidence).text);
});

test("of two facts of one day the one recorded later counts, in whichever department's share it lies", async () => {
  const pack = (await shippedPacks).find("nb-smart-safety", "2015-01-01")!;
  const grade = (department: FactDepartment, id: string, letter: string): EvidenceFact => ({
    id,
    department,
    type: "GradeDetermination",
    documentNumber: id,
    occurredOn: null,
    validFrom: "2014-01-01",
    validUntil: null,
    status: "ACTIVE",
    values: { scheme: "nb-smart-safety", grade: letter },
  });
  const none = Object.fromEntries(FACT_DEPARTMENTS.map((one) => [one, { status: "KNOWN", facts: [] }]));
  const of = (...facts: EvidenceFact[]): Evidence =>
    ({ ...none, SAFETY: { status: "KNOWN", facts } }) as unknown as Evidence;
  const see = createSight([pack]);
  const first = of(grade("SAFETY", "1", "A"), grade("SAFETY", "2", "D"));
  const second = of(grade("SAFETY", "1", "D"), grade("SAFETY", "2", "A"));
  expect(see(first).text).not.toBe(see(second).text);
  const compare = createComparer({ before: pack, after: pack, asOf: "2015-01-01" });
  const gradeAt = questionsAbout([pack]).findIndex(({ name }) => name === "GRADE");
  expect([first, second].map((one) => compare(one)[gradeAt]!.before.value)).toEqual(["D", "A"]);
});

test("a changed parameter moves whom it meets, and the rows that decided are told", async () => {
  const pack = (await shippedPacks).find("nb-smart-safety", "2015-01-01")!;
  const stricter = withParameters(pack, { bidSectionRestrictedGrades: ["C", "D"] });
  const nothing = Object.fromEntries(
    FACT_DEPARTMENTS.map((one) => [one, { status: "KNOWN", facts: [] }]),
  ) as unknown as Evidence;
  const compare = createComparer({ before: pack, after: stricter, asOf: "2015-01-01" });
  const bid = questionsAbout([pack, stricter]).findIndex(({ name }) => name === "BID");
  expect(compare(nothing)[bid]).toEqual({
    before: { value: "NORMAL", rows: [] },
    after: { value: "RESTRICTED", rows: ["NB-BID-SECTION"] },
    missing: [],
  });
  const silent = compare(silenced(nothing, ["SAFETY"]))[bid]!;
  expect([silent.before.value, silent.missing]).toEqual([UNDETERMINED, ["SAFETY"]]);
});
