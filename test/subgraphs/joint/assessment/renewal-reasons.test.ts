/** What a decision says of a renewal: the row by which it waits or is over, and the steps that the row rests on. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import { decide } from "../../../../subgraphs/joint/assessment/decide";
import { shippedPacks } from "./judged-cases";

const creditCode = "91510700FAKE00013G";
const list = "JOINT_INCENTIVE_OBJECT";
const step = (name: string, on: string, own: Readonly<Record<string, string>> = {}): CaseFact => ({
  ...{
    type: "ProcedureStep",
    creditCode,
    department: "SAFETY",
    documentNumber: `${name}-${own["by"] ?? ""}`,
  },
  ...{ procedure: "RENEWAL", list, step: name, on, ...own },
});
const rewarded: readonly CaseFact[] = [
  { type: "SafetyCommitment", creditCode, publishedOn: "2015-01-10" },
  {
    ...{ type: "StandardizationCertificate", creditCode, level: 1 },
    ...{ validFrom: "2015-01-01", validUntil: "2028-01-01" },
  },
  {
    ...{ type: "ListEntry", creditCode, department: "SAFETY", documentNumber: "E" },
    ...{ list, level: "PROVINCE", publishedOn: "2018-05-10" },
  },
];
const applied = step("RENEWAL_APPLIED", "2021-01-20");
const noticed = step("NOTICE_SERVED", "2021-02-25");
const refused = [
  step("DEFENCE_HEARD", "2021-03-05", { outcome: "NONE" }),
  step("RENEWAL_REFUSED", "2021-03-20"),
];
const approved = step("APPROVED", "2021-04-01", { by: "MINISTRY" });

/** Of a loan on 20 May, after the term: rows of the renewal with the documents that they rest on, and the verdict. */
async function tell(steps: readonly CaseFact[]) {
  const asOf = "2021-05-20";
  const pack = (await shippedPacks).find("my-integrity-incentive", asOf)!;
  const evidence = evidenceFor([...rewarded, ...steps], { creditCode, asOf, knownAt: undefined, silent: [] });
  const { outcome, reasons } = decide(pack, assess(pack, evidence, { asOf, knownAt: null }), "LOAN");
  const rows = reasons.filter(({ rule }) => rule.row.startsWith("MY-R-"));
  return {
    outcome,
    rows: [...new Set(rows.map(({ rule }) => rule.row))],
    steps: rows.map(({ fact }) => fact?.documentNumber).filter((one) => one !== undefined),
  };
}

test.each([
  ["waits to be decided", [applied], "MY-R-1"],
  ["is to be refused", [applied, noticed], "MY-R-2"],
  ["is approved and not announced", [applied, approved], "MY-R-3"],
  ["was refused", [applied, noticed, ...refused], "MY-R-4"],
  ["was applied for too late", [step("RENEWAL_APPLIED", "2021-02-11")], "MY-R-5"],
])("a renewal that %s favours nobody after the term, and the decision cites why", async (_, steps, row) => {
  const told = await tell(steps);
  expect(told).toMatchObject({ outcome: "NORMAL", rows: [row] });
  expect(told.steps).toEqual(expect.arrayContaining(steps.map(({ documentNumber }) => documentNumber)));
});

test("of a renewal that nobody applied for nothing is said", async () => {
  expect(await tell([])).toEqual({ outcome: "NORMAL", rows: [], steps: [] });
});
