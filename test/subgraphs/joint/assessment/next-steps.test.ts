/** The order of steps in a listing, told from what has been recorded. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import { nextSteps } from "../../../../subgraphs/joint/assessment/next-steps";
import { shippedPacks } from "./judged-cases";

const creditCode = "91510700FAKE00013G";
const list = "JOINT_PUNISHMENT_OBJECT";
const violation: CaseFact = {
  type: "SeriousViolation",
  creditCode,
  kind: "SCENE_DESTROYED",
  occurredOn: "2018-05-02",
};
const entry: CaseFact = {
  type: "ListEntry",
  creditCode,
  department: "SAFETY",
  list,
  level: "PROVINCE",
  publishedOn: "2018-08-20",
};

function step(procedure: string, name: string, rest: Readonly<Record<string, string>> = {}): CaseFact {
  return {
    type: "ProcedureStep",
    creditCode,
    department: "SAFETY",
    procedure,
    list,
    step: name,
    on: "2019-07-22",
    ...rest,
  };
}

async function open(procedure: string, facts: readonly CaseFact[], silent: readonly FactDepartment[] = []) {
  const asOf = "2019-08-01";
  const pack = (await shippedPacks).find("my-integrity-punish", asOf)!;
  const evidence = evidenceFor(facts, { creditCode, asOf, knownAt: undefined, silent });
  const steps = nextSteps(pack, evidence, asOf).filter(
    (one) => one.procedure === procedure && one.list === list,
  );
  return steps.map((one) => one.step);
}

test("a listing goes from the collected ground to the notice, and nothing may be confirmed before the defence", async () => {
  expect(await open("LISTING", [violation])).toEqual(["COLLECTED"]);
  expect(await open("LISTING", [violation, step("LISTING", "COLLECTED")])).toEqual(["NOTICE_SERVED"]);
  const noticed = [violation, step("LISTING", "COLLECTED"), step("LISTING", "NOTICE_SERVED")];
  expect(await open("LISTING", noticed)).toEqual(["DEFENCE_HEARD"]);
  expect(await open("LISTING", [...noticed, step("LISTING", "DEFENCE_HEARD", { outcome: "NONE" })])).toEqual([
    "CONFIRMED",
  ]);
});

test("after a defence that was upheld no step is open", async () => {
  const steps = ["COLLECTED", "NOTICE_SERVED"].map((name) => step("LISTING", name));
  expect(
    await open("LISTING", [violation, ...steps, step("LISTING", "DEFENCE_HEARD", { outcome: "UPHELD" })]),
  ).toEqual([]);
});

test("removal is verified by department and district before the city verifies", async () => {
  expect(await open("REMOVAL", [])).toEqual([]);
  expect(await open("REMOVAL", [entry])).toEqual(["REMOVAL_APPLIED"]);
  const passed = (by: string) => step("REMOVAL", "REMOVAL_VERIFIED", { by, outcome: "PASSED" });
  const applied = [entry, step("REMOVAL", "REMOVAL_APPLIED", { by: "SUBJECT" })];
  expect(await open("REMOVAL", applied)).toEqual(["REMOVAL_VERIFIED"]);
  const district = [...applied, passed("SUPERVISING_DEPARTMENT"), passed("DISTRICT")];
  expect(await open("REMOVAL", district)).toEqual(["REMOVAL_VERIFIED"]);
  expect(await open("REMOVAL", [...district, passed("CITY")])).toEqual(["REMOVED"]);
});

test("no step is open in a procedure whose history a silent department keeps", async () => {
  expect(await open("LISTING", [violation], ["SAFETY"])).toEqual([]);
});
