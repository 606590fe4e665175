/** What the packs say beyond what a case can assert: directions, reasons, and who is responsible. */
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import type { Assessment } from "../../../../subgraphs/joint/assessment/assessment";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import { shippedPacks } from "./judged-cases";

const creditCode = "91320400FAKE000565";

interface Question {
  readonly scheme: string;
  readonly asOf: string;
  readonly silent?: readonly FactDepartment[];
}

async function judge(facts: readonly object[], { scheme, asOf, silent = [] }: Question): Promise<Assessment> {
  const pack = (await shippedPacks).find(scheme, asOf)!;
  const mine = facts.map((fact) => ({ ...fact, creditCode }) as CaseFact);
  return assess(pack, evidenceFor(mine, { creditCode, asOf, knownAt: undefined, silent }), {
    asOf,
    knownAt: null,
  });
}

test.each([
  ["A", "INCENTIVE"],
  ["B", "INCENTIVE"],
  ["C", "PUNISHMENT"],
])("supervision visits of grade %s are an %s", async (grade, direction) => {
  const facts = [
    { type: "GradeDetermination", department: "SAFETY", scheme: "ag-produce", grade, year: 2017 },
  ];
  const { measures } = await judge(facts, { scheme: "ag-produce", asOf: "2018-06-01" });
  expect(measures.find(({ code }) => code === "SUPERVISION_VISITS")).toMatchObject({ direction });
});

test.each([
  [80, "CZ-SCALE-B"],
  [60, "CZ-SCALE-A"],
  [59.9, "CZ-SCALE-0"],
])("with %s points the scale of penalties is told among the reasons, by row %s", async (score, row) => {
  const facts = [{ type: "AttainmentReview", score, kind: "REVIEW", occurredOn: "2022-08-01" }];
  const { reasons, measures } = await judge(facts, { scheme: "cz-attainment", asOf: "2022-09-01" });
  expect(reasons.map(({ rule }) => rule.row)).toContain(row);
  expect(measures.map(({ code }) => code)).not.toContain("PENALTY_SCALE");
});

test("who takes no part in the programme has no scale of penalties", async () => {
  const { reasons } = await judge([], { scheme: "cz-attainment", asOf: "2022-09-01" });
  expect(reasons).toEqual([]);
});

test("each of the four units of the disclosure programme has its matter", async () => {
  const { procedures } = await judge([], { scheme: "zy-disclosure", asOf: "2018-01-01" });
  expect(procedures.map(({ route }) => route)).toEqual([
    "LABOUR_INSPECTION_SECTION",
    "LABOUR_RELATIONS_SECTION",
    "INSPECTION_TEAM",
    "INFORMATION_CENTRE",
  ]);
});

test("who is responsible is left open while the department that registers is silent", async () => {
  const question = { scheme: "spt-benchmark", asOf: "2020-06-01", silent: ["SAFETY"] } as const;
  const { procedures, missing } = await judge([], question);
  expect(procedures).toEqual([]);
  expect(missing[0]!.couldChange).toContain("route SUPERVISION");
});

test("an industry that no bureau owns has no route", async () => {
  const facts = [{ type: "EnterpriseRegistration", name: "示例企业", industry: "FORESTRY" }];
  expect((await judge(facts, { scheme: "spt-benchmark", asOf: "2020-06-01" })).procedures).toEqual([]);
});
