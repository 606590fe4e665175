/** By when a step is due, counted from the step before it. */
import type { Cycle } from "../../../../subgraphs/joint/assessment/cycle";
import { dueOnOf } from "../../../../subgraphs/joint/assessment/procedure-days";
import type { Run } from "../../../../subgraphs/joint/assessment/world";
import type { DueSpec } from "../../../../subgraphs/joint/policy/pack/scheme-file";
import { shippedPacks } from "./judged-cases";

async function due(rule: DueSpec, on: string) {
  const { program } = (await shippedPacks).find("my-integrity-punish", on)!;
  const cycle = { steps: [{ step: "NOTICE_SERVED", on }], entry: null } as unknown as Cycle;
  return dueOnOf(rule, cycle, { list: "JOINT_PUNISHMENT_OBJECT", run: { program } as unknown as Run });
}

test("working days leave out the holidays and count the weekend that is worked for them", async () => {
  // State Council notice for 2018: off from 1 to 7 October, worked on Saturday 29 and Sunday 30 September.
  expect(await due({ workingDays: 5, after: "NOTICE_SERVED" }, "2018-09-28")).toEqual({
    day: "2018-10-10",
    provisional: false,
  });
});

test("working days in a year without a notice are provisional, days and months never are", async () => {
  expect(await due({ workingDays: 1, after: "NOTICE_SERVED" }, "2030-03-01")).toEqual({
    day: "2030-03-04",
    provisional: true,
  });
  expect(await due({ days: 10, after: "NOTICE_SERVED" }, "2030-02-25")).toEqual({
    day: "2030-03-07",
    provisional: false,
  });
  expect(await due({ dayOfNextMonth: 2, after: "NOTICE_SERVED" }, "2018-12-31")).toEqual({
    day: "2019-01-02",
    provisional: false,
  });
});

test("nothing is due before the step that it is counted from", async () => {
  expect(await due({ days: 10, after: "CONFIRMED" }, "2018-09-28")).toBeNull();
});
