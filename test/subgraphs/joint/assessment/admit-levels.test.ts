/** Approvals that go from level to level: upwards only, and whoever is left is told, the next one first. */
import type { ProposedStep } from "../../../../subgraphs/joint/assessment/admit-steps";
import { proposed, recorded, refusals } from "./proposed-steps";

const listing = (step: string, on: string, own: Partial<ProposedStep> = {}) =>
  proposed("LISTING", step, on, own);
const approved = (by: string, on: string) => listing("APPROVED", on, { by });
const confirmed = [
  listing("COLLECTED", "2018-05-02"),
  listing("NOTICE_SERVED", "2018-05-10"),
  listing("DEFENCE_HEARD", "2018-05-20", { outcome: "NONE" }),
  listing("CONFIRMED", "2018-05-28"),
];
const reported = [...confirmed, listing("REPORTED", "2018-06-01")];

test("a listing is approved by district, city and province in this order, and published then", async () => {
  const levels = [approved("DISTRICT", "2018-06-10"), approved("CITY", "2018-06-20")];
  const whole = [...levels, approved("PROVINCE", "2018-07-01"), listing("PUBLISHED", "2018-07-10")];
  expect(await refusals(whole, { facts: reported.map(recorded) })).toEqual([]);
});

test("what a higher level approved stands for those below it, which come too late then", async () => {
  const facts = confirmed.map(recorded);
  expect(await refusals([approved("PROVINCE", "2018-06-10")], { facts })).toEqual([]);
  const byCity = [...facts, recorded(approved("CITY", "2018-06-05"))];
  const refused = "REPORTED, APPROVED PROVINCE";
  expect(await refusals([approved("DISTRICT", "2018-06-10")], { facts: byCity })).toEqual([
    `APPROVED: CONFIRMED -> ${refused}`,
  ]);
  expect(await refusals([listing("PUBLISHED", "2018-06-10")], { facts: byCity })).toEqual([
    `PUBLISHED: CONFIRMED -> ${refused}`,
  ]);
});

test("nothing is approved before it was confirmed", async () => {
  const facts = confirmed.slice(0, 3).map(recorded);
  expect(await refusals([approved("DISTRICT", "2018-05-27")], { facts })).toEqual([
    "APPROVED: NOTICE_SERVED -> CONFIRMED",
  ]);
});

test("an approval that does not say by whom is nobody's", async () => {
  const facts = reported.map(recorded);
  expect(await refusals([listing("APPROVED", "2018-06-10")], { facts })).toEqual([
    "APPROVED: REPORTED -> APPROVED DISTRICT CITY PROVINCE",
  ]);
  const old = [...facts, recorded(listing("APPROVED", "2018-06-10"))];
  expect(await refusals([listing("PUBLISHED", "2018-07-10")], { facts: old })).toEqual([
    "PUBLISHED: REPORTED -> APPROVED DISTRICT CITY PROVINCE",
  ]);
});

test("an incentive goes on to the ministry, is publicised and announced then", async () => {
  const list = "JOINT_INCENTIVE_OBJECT";
  const incentive = (step: string, on: string, own: Partial<ProposedStep> = {}) =>
    proposed("INCENTIVE", step, on, { list, ...own });
  const way = [
    incentive("COLLECTED", "2018-05-02"),
    incentive("CONFIRMED", "2018-05-20"),
    incentive("REPORTED", "2018-06-01"),
    incentive("APPROVED", "2018-06-10", { by: "DISTRICT" }),
    incentive("APPROVED", "2018-06-20", { by: "CITY" }),
    incentive("APPROVED", "2018-07-01", { by: "PROVINCE" }),
    incentive("APPROVED", "2018-08-01", { by: "MINISTRY" }),
    incentive("PUBLICISED", "2018-08-10"),
    incentive("ANNOUNCED", "2018-09-01", { by: "MINISTRY" }),
  ];
  expect(await refusals(way)).toEqual([]);
  const withoutMinistry = way.filter(({ step, by }) => step !== "APPROVED" || by !== "MINISTRY");
  expect(await refusals(withoutMinistry)).toEqual([
    "PUBLICISED: NOT_ELIGIBLE -> APPROVED MINISTRY",
    "ANNOUNCED: NOT_ELIGIBLE -> APPROVED MINISTRY",
  ]);
});
