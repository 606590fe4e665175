/** Approvals that go from level to level: each level in its turn, and the duty says whose turn it is. */
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

test("a level that comes before its turn is refused with the level whose turn it is", async () => {
  const facts = reported.map(recorded);
  const refused = "APPROVED: REPORTED -> APPROVED";
  expect(await refusals([approved("CITY", "2018-06-10")], { facts })).toEqual([`${refused} DISTRICT`]);
  expect(await refusals([approved("PROVINCE", "2018-06-10")], { facts })).toEqual([`${refused} DISTRICT`]);
  const byDistrict = [...facts, recorded(approved("DISTRICT", "2018-06-05"))];
  expect(await refusals([approved("PROVINCE", "2018-06-10")], { facts: byDistrict })).toEqual([
    `${refused} CITY`,
  ]);
  expect(await refusals([listing("PUBLISHED", "2018-06-10")], { facts: byDistrict })).toEqual([
    "PUBLISHED: REPORTED -> APPROVED CITY",
  ]);
});

test("nothing is approved before it was reported", async () => {
  expect(await refusals([approved("DISTRICT", "2018-05-29")], { facts: confirmed.map(recorded) })).toEqual([
    "APPROVED: CONFIRMED -> REPORTED",
  ]);
});

test("an approval that does not say by whom is nobody's", async () => {
  const facts = reported.map(recorded);
  expect(await refusals([listing("APPROVED", "2018-06-10")], { facts })).toEqual([
    "APPROVED: REPORTED -> APPROVED DISTRICT",
  ]);
  const old = [...facts, recorded(listing("APPROVED", "2018-06-10"))];
  expect(await refusals([listing("PUBLISHED", "2018-07-10")], { facts: old })).toEqual([
    "PUBLISHED: REPORTED -> APPROVED DISTRICT",
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
  const withoutProvince = way.filter(({ by }) => by !== "PROVINCE");
  expect(await refusals(withoutProvince)).toEqual([
    "APPROVED: NOT_ELIGIBLE -> APPROVED PROVINCE",
    "PUBLICISED: NOT_ELIGIBLE -> APPROVED PROVINCE",
    "ANNOUNCED: NOT_ELIGIBLE -> APPROVED PROVINCE",
  ]);
});
