/** Reasons: what counted, what did not, and why. */
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Assessment } from "../../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../../subgraphs/joint/assessment/decide";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { shippedPacks } from "./judged-cases";

const creditCode = "91330206FAKE000138";
const registration = { type: "EnterpriseRegistration", name: "示例企业", sector: "INDUSTRY" };
const grade = {
  type: "GradeDetermination",
  department: "SAFETY",
  scheme: "nb-smart-safety",
  documentNumber: "g",
};

async function judge(
  facts: readonly Omit<CaseFact, "creditCode">[],
  { scheme = "nb-smart-safety", asOf = "2015-06-30", silent = [] as readonly FactDepartment[] } = {},
): Promise<Assessment> {
  const pack = (await shippedPacks).find(scheme, asOf)!;
  const mine = facts.map((fact) => ({ ...fact, creditCode }) as CaseFact);
  const evidence = evidenceFor(mine, { creditCode, asOf, knownAt: undefined, silent });
  return assess(pack, evidence, { asOf, knownAt: null });
}

const whyNot = ({ reasons }: Assessment, type: string) =>
  reasons.filter(({ fact, counted }) => fact?.type === type && !counted).map((reason) => reason.whyNot);

test.each([
  ["DISPUTED", { validFrom: "2015-01-01", status: "DISPUTED" }],
  ["EXPIRED", { validFrom: "2014-01-01", validUntil: "2015-06-30" }],
  ["NOT_YET_IN_FORCE", { validFrom: "2015-07-01" }],
])("a grade that is %s is shown, with that reason, and does not count", async (reason, times) => {
  const assessment = await judge([registration, { ...grade, grade: "D", cause: "ACCIDENT", ...times }]);
  expect(whyNot(assessment, "GradeDetermination")).toContain(reason);
  expect(assessment.outcomes.LOAN).toBe("NORMAL");
});

test("a withdrawn fact is not even shown", async () => {
  const assessment = await judge([
    registration,
    { ...grade, grade: "D", validFrom: "2015-01-01", status: "WITHDRAWN" },
  ]);
  expect(assessment.reasons.some(({ fact }) => fact?.type === "GradeDetermination")).toBe(false);
});

test("the floor of the industry replaces the lower band, which is shown as overridden", async () => {
  const assessment = await judge([registration, { ...grade, grade: "A", validFrom: "2015-01-01" }]);
  const down = assessment.reasons.find(({ measure }) => measure?.code === "INSURANCE_RATE_DOWN");
  expect(down).toMatchObject({ counted: false, whyNot: "OVERRIDDEN" });
});

test("a chain leads from the fact over the row to the measure, which holds as long as the fact", async () => {
  const assessment = await judge([
    registration,
    { ...grade, grade: "D", cause: "ACCIDENT", validFrom: "2015-01-01", validUntil: "2016-01-01" },
  ]);
  const reason = assessment.reasons.find(
    ({ measure, fact }) => measure?.code === "LOAN_RESTRICT" && fact?.documentNumber === "g",
  );
  expect(reason).toMatchObject({
    counted: true,
    rule: { table: "accident-grade", row: "NB-D-LOAN" },
    measure: { since: "2015-01-01", until: "2016-01-01" },
  });
  const pack = (await shippedPacks).find("nb-smart-safety", "2015-06-30")!;
  expect(decide(pack, assessment, "LOAN").reviewOn).toBe("2016-01-01");
});

test("the items of a score add up to it", async () => {
  const points = { type: "DynamicPoints", kind: "VIOLATION", validFrom: "2015-01-01" };
  const { score, scoreItems } = await judge([
    { type: "StandardizationCertificate", level: 2, validFrom: "2015-01-01", documentNumber: "c" },
    { ...points, points: -5.5, documentNumber: "p" },
    { ...points, points: -3, documentNumber: "q" },
  ]);
  expect(scoreItems.map((item) => item.points).reduce((sum, one) => sum + one, 0)).toBeCloseTo(score!, 5);
  expect(scoreItems.map((item) => item.fact?.documentNumber)).toEqual(["c", "p", "q"]);
});

test("an assessment of nothing at all names nothing as missing", async () => {
  const assessment = await judge([]);
  expect(assessment.missing).toEqual([]);
  expect(FACT_DEPARTMENTS.every((department) => assessment.evidence[department].status === "KNOWN")).toBe(
    true,
  );
});

test("a refused incentive is explained by the condition that fails, with its evidence", async () => {
  const { procedures, reasons } = await judge(
    [
      { type: "SafetyCommitment", publishedOn: "2016-01-10", documentNumber: "c" },
      {
        type: "ListEntry",
        department: "TAX",
        list: "MAJOR_TAX_VIOLATION",
        level: "CITY",
        publishedOn: "2019-01-05",
        documentNumber: "t",
      },
      { type: "StandardizationCertificate", level: 1, validFrom: "2017-01-01", documentNumber: "s" },
    ],
    { scheme: "my-integrity-incentive", asOf: "2019-06-30" },
  );
  expect(procedures.map(({ state }) => state)).toEqual(["NOT_ELIGIBLE"]);
  expect(reasons.map(({ rule, fact }) => [rule.row, fact?.documentNumber])).toEqual([["MY-I-6-3", "t"]]);
});

test("a listing that one department recorded is told from its entry while another that may list is silent", async () => {
  const entry = { list: "JOINT_PUNISHMENT_OBJECT", level: "PROVINCE", publishedOn: "2018-08-20" };
  const { reasons } = await judge(
    [{ type: "ListEntry", department: "SAFETY", ...entry, documentNumber: "e" }],
    { scheme: "my-integrity-punish", asOf: "2018-09-01", silent: ["TAX"] },
  );
  const review = reasons.filter(({ measure }) => measure?.code === "SECURITIES_STRICT_REVIEW");
  expect(review.map(({ fact }) => fact?.documentNumber)).toEqual(["e"]);
});
