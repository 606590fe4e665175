/** Reports that a pack asks of enterprises: what cannot be looked up is refused when the pack is loaded. */
import { reportFaults } from "../../../../../subgraphs/joint/policy/pack/reports";
import type { ReportSpec } from "../../../../../subgraphs/joint/policy/pack/scheme-file";

const report: ReportSpec = {
  name: "SELF_ASSESSMENT",
  label: { zh: "自评", en: "Self-assessment" },
  legalBasis: "半年自评（s4.4）",
  facts: "ScoreAssessment",
  where: { scheme: "fp-factory" },
  year: "year",
  periods: [
    { ends: "06-30", where: { half: 1 } },
    { ends: "12-31", where: { half: 2 } },
  ],
  from: "ENROLLED",
  by: ["SUBJECT"],
};
const faultsOf = (own: Partial<ReportSpec>) => reportFaults({ reports: [{ ...report, ...own }] });

test("a report that the catalogue knows has no fault", () => {
  expect(faultsOf({})).toEqual([]);
});

test("a fact type or a field that there is not is named", () => {
  expect(faultsOf({ facts: "SelfPraise" })).toEqual([
    "report SELF_ASSESSMENT: there is no fact type 'SelfPraise'",
  ]);
  expect(faultsOf({ year: "anno", periods: [{ ends: "12-31", where: { third: 1 } }] })).toEqual([
    "report SELF_ASSESSMENT: ScoreAssessment has no field 'anno'",
    "report SELF_ASSESSMENT: ScoreAssessment has no field 'third'",
  ]);
});

test("what another department records cannot be found missing in the register", () => {
  expect(
    faultsOf({
      facts: "TaxpayerCreditGrade",
      where: {},
      periods: [{ ends: "12-31", where: {} }],
      from: "REGISTERED",
    }),
  ).toEqual(["report SELF_ASSESSMENT: TaxpayerCreditGrade is not recorded by SAFETY"]);
});

test("who owes a report by a fact of another type is known by the fields of that type", () => {
  const other = { enrolledBy: "GradeDetermination", enrolled: { scheme: "fp-factory" } };
  expect(faultsOf(other)).toEqual([]);
  expect(faultsOf({ ...other, enrolled: { half: 1 } })).toEqual([
    "report SELF_ASSESSMENT: GradeDetermination has no field 'half'",
  ]);
  expect(faultsOf({ ...other, enrolledBy: "SelfPraise" })).toEqual([
    "report SELF_ASSESSMENT: there is no fact type 'SelfPraise'",
  ]);
});

test("who has handed in one before is known by the scheme that it was for", () => {
  expect(faultsOf({ where: {} })).toEqual([
    "report SELF_ASSESSMENT: 'where' must say of which scheme they are who have handed one in before",
  ]);
});
