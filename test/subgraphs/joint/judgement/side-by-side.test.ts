/** Several schemes on one enterprise: each with its own reasons, and what the rules between them do. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Assessment, Reason } from "../../../../subgraphs/joint/assessment/assessment";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { Case } from "../../../../subgraphs/joint/judgement/case";
import { assessSideBySide } from "../../../../subgraphs/joint/judgement/side-by-side";
import { shippedPacks } from "../assessment/judged-cases";

const creditCode = "91510700FAKE00208A";
const beilun = "91330206FAKE0003XT";
const asOf = "2019-06-30";
const listed = {
  type: "ListEntry",
  list: "JOINT_INCENTIVE_OBJECT",
  level: "PROVINCE",
  publishedOn: "2018-05-10",
};

const rewarded = (own: string): readonly CaseFact[] => [
  { type: "SafetyCommitment", creditCode: own, publishedOn: "2016-01-10", documentNumber: "C" },
  {
    type: "StandardizationCertificate",
    creditCode: own,
    level: 1,
    validFrom: "2017-01-01",
    validUntil: "2020-01-01",
    documentNumber: "S",
  },
  { ...listed, creditCode: own, department: "SAFETY", documentNumber: "L" },
];
const taxViolation = (own: string): CaseFact => ({
  type: "ListEntry",
  creditCode: own,
  department: "TAX",
  list: "MAJOR_TAX_VIOLATION",
  level: "PROVINCE",
  publishedOn: "2019-01-05",
  documentNumber: "T-1",
});
const grade = (letter: string): CaseFact => ({
  type: "GradeDetermination",
  creditCode: beilun,
  department: "SAFETY",
  scheme: "nb-smart-safety",
  grade: letter,
  cause: "ACCIDENT",
  validFrom: "2019-01-01",
  documentNumber: "G",
});

interface Asked {
  readonly code?: string;
  readonly silent?: readonly FactDepartment[];
}

async function sideBySide(facts: readonly CaseFact[], { code = creditCode, silent = [] }: Asked = {}) {
  const registry = await shippedPacks;
  const evidence = evidenceFor(facts, { creditCode: code, asOf, knownAt: undefined, silent });
  const apply = (scheme: string | null) => ({
    assessment: assess(registry.find(scheme!, asOf)!, evidence, { asOf, knownAt: null }),
  });
  const enterprise = { key: { creditCode: code, asOf, knownAt: null }, apply } as unknown as Case;
  const assessments = assessSideBySide({ creditCode: code, evidence }, enterprise, registry);
  return new Map(assessments.map((one) => [one.scheme.id, one]));
}

const codes = (assessment: Assessment | undefined) => assessment?.measures.map(({ code }) => code).sort();
const overridden = (assessment: Assessment | undefined): readonly Reason[] =>
  assessment!.reasons.filter(({ whyNot }) => whyNot === "OVERRIDDEN");

test("the schemes of the place are there whatever they say, those of elsewhere only for whom their lists know", async () => {
  expect([...(await sideBySide([])).keys()]).toEqual(["my-integrity-punish"]);
  const facts = [{ ...taxViolation(creditCode), department: "SAFETY", list: "BLACKLIST" }];
  expect([...(await sideBySide(facts)).keys()]).toContain("iz-integrity");
});

test("each scheme keeps its own incentives while nothing stops them", async () => {
  const found = await sideBySide([...rewarded(beilun), grade("B")], { code: beilun });
  expect(codes(found.get("my-integrity-incentive"))).toEqual(
    ["GREEN_CHANNEL_APPROVAL", "LOAN_WEIGHT_FAVOURABLE", "PROJECT_WEIGHT_FAVOURABLE"].sort(),
  );
  expect(codes(found.get("nb-smart-safety"))).toContain("INSURANCE_RATE_TO_INDUSTRY_FLOOR");
});

test("a listing for joint punishment in one field stops the incentives of all others, with the row and the entry", async () => {
  const found = await sideBySide([grade("B"), taxViolation(beilun)], { code: beilun });
  const nb = found.get("nb-smart-safety");
  expect(nb!.measures.filter(({ direction }) => direction === "INCENTIVE")).toEqual([]);
  const [reason] = overridden(nb).filter(({ rule }) => rule.table === "joint-rules");
  expect(reason).toMatchObject({
    rule: { row: "JOINT-2" },
    fact: { department: "TAX", documentNumber: "T-1" },
    counted: false,
  });
  const own = overridden(nb).filter(
    ({ measure, rule }) => measure?.code === "INSURANCE_RATE_DOWN" && rule.table !== "joint-rules",
  );
  expect(own.length).toBeGreaterThan(0);
  expect(nb!.reasons.filter(({ counted, measure }) => counted && measure?.direction === "INCENTIVE")).toEqual(
    [],
  );
});

test("a punishment under one scheme goes before an incentive of another in the same matter, and touches no other matter", async () => {
  const found = await sideBySide([...rewarded(beilun), grade("D")], { code: beilun });
  expect(codes(found.get("nb-smart-safety"))).toContain("LOAN_RESTRICT");
  expect(codes(found.get("my-integrity-incentive"))).toEqual(["GREEN_CHANNEL_APPROVAL"]);
  const rows = overridden(found.get("my-integrity-incentive")).filter(
    ({ rule }) => rule.table === "joint-rules",
  );
  expect(rows.map(({ rule, measure }) => [rule.row, measure!.code]).sort()).toEqual([
    ["JOINT-1", "LOAN_WEIGHT_FAVOURABLE"],
    ["JOINT-1", "PROJECT_WEIGHT_FAVOURABLE"],
  ]);
});

test("while it is open whether another field lists the enterprise no incentive is promised, and the department is named", async () => {
  const nb = (await sideBySide([grade("B")], { code: beilun, silent: ["TAX"] })).get("nb-smart-safety")!;
  expect(nb.measures.filter(({ direction }) => direction === "INCENTIVE")).toEqual([]);
  expect(nb.undetermined).toBe(true);
  expect(nb.missing.find(({ department }) => department === "TAX")!.couldChange).toContain(
    "INSURANCE_RATE_DOWN",
  );
});
