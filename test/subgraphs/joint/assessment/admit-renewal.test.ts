/** How a renewal is decided: approved level by level, or refused after the unit was heard. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import type { ProposedStep } from "../../../../subgraphs/joint/assessment/admit-steps";
import { creditCode, proposed, recorded, refusals } from "./proposed-steps";

const list = "JOINT_INCENTIVE_OBJECT";
const renewal = (step: string, on: string, own: Partial<ProposedStep> = {}): ProposedStep =>
  proposed("RENEWAL", step, on, { list, ...own });
const entry = (publishedOn: string): CaseFact => ({
  ...{ type: "ListEntry", creditCode, department: "SAFETY", documentNumber: publishedOn },
  ...{ list, level: "PROVINCE", publishedOn },
});
const rewarded: readonly CaseFact[] = [
  { type: "SafetyCommitment", creditCode, publishedOn: "2015-01-10" },
  {
    ...{ type: "StandardizationCertificate", creditCode, level: 1 },
    ...{ validFrom: "2015-01-01", validUntil: "2028-01-01" },
  },
  entry("2018-05-10"),
];
const applied = renewal("RENEWAL_APPLIED", "2021-01-20", { by: "SUBJECT" });
const verified = renewal("CONFIRMED", "2021-02-20");
const approved = (by: string, on: string) => renewal("APPROVED", on, { by });
const publicised = renewal("PUBLICISED", "2021-04-05");
const announced = renewal("ANNOUNCED", "2021-04-20", { by: "MINISTRY" });
const notice = renewal("NOTICE_SERVED", "2021-02-25");
const heard = (outcome: string) => renewal("DEFENCE_HEARD", "2021-03-05", { outcome });
const refused = renewal("RENEWAL_REFUSED", "2021-03-20");
const wholeWay = [
  applied,
  renewal("REPORTED", "2021-02-02"),
  verified,
  approved("DISTRICT", "2021-03-01"),
  approved("CITY", "2021-03-10"),
  approved("PROVINCE", "2021-03-20"),
  approved("MINISTRY", "2021-04-01"),
  publicised,
  announced,
];

test("a renewal goes from the application to the announcement, also when the new entry is there already", async () => {
  expect(await refusals(wholeWay, { facts: rewarded })).toEqual([]);
  expect(await refusals(wholeWay, { facts: [...rewarded, entry("2021-04-20")] })).toEqual([]);
});

test("nothing is approved before it is verified, announced before the ministry, or verified without an application", async () => {
  const facts = [...rewarded, recorded(applied)];
  expect(await refusals([approved("DISTRICT", "2021-02-01")], { facts })).toEqual([
    "APPROVED: RENEWAL_REQUESTED -> CONFIRMED, REPORTED, NOTICE_SERVED",
  ]);
  const atCity = [...facts, ...[verified, approved("CITY", "2021-03-10")].map(recorded)];
  expect(await refusals([announced], { facts: atCity })).toEqual([
    "ANNOUNCED: RENEWAL_REQUESTED -> REPORTED, NOTICE_SERVED, APPROVED PROVINCE MINISTRY",
  ]);
  expect(await refusals([verified], { facts: rewarded })).toEqual([
    "CONFIRMED: NO_APPLICATION -> RENEWAL_APPLIED SUBJECT",
  ]);
});

test("a renewal is refused only after the unit was told of it and heard", async () => {
  const facts = [...rewarded, recorded(applied)];
  expect(await refusals([refused], { facts })).toEqual([
    "RENEWAL_REFUSED: RENEWAL_REQUESTED -> CONFIRMED, REPORTED, NOTICE_SERVED",
  ]);
  expect(await refusals([notice, refused], { facts })).toEqual([
    "RENEWAL_REFUSED: RENEWAL_REFUSAL_NOTIFIED -> DEFENCE_HEARD",
  ]);
  expect(await refusals([notice, heard("REJECTED"), refused], { facts })).toEqual([]);
});

test("a defence that was upheld leads on to the approval, not to a refusal", async () => {
  const facts = [...rewarded, ...[applied, notice, heard("UPHELD")].map(recorded)];
  expect(await refusals([{ ...verified, on: "2021-03-10" }], { facts })).toEqual([]);
  expect(await refusals([refused], { facts })).toEqual([
    "RENEWAL_REFUSED: RENEWAL_REQUESTED -> CONFIRMED, REPORTED",
  ]);
});

test("what was refused is approved no more, and applied for again", async () => {
  const facts = [...rewarded, ...[applied, notice, heard("NONE"), refused].map(recorded)];
  expect(await refusals([{ ...verified, on: "2021-04-01" }], { facts })).toEqual([
    "CONFIRMED: RENEWAL_REFUSED -> RENEWAL_APPLIED SUBJECT",
  ]);
  expect(await refusals([{ ...applied, on: "2021-04-01", documentNumber: "again" }], { facts })).toEqual([]);
});

test("what was applied for too late leads nowhere, and what was renewed is not decided again", async () => {
  const late = { ...applied, on: "2021-02-11" };
  expect(await refusals([late, verified], { facts: rewarded })).toEqual([
    "CONFIRMED: RENEWAL_LATE -> RENEWAL_APPLIED SUBJECT",
  ]);
  const renewed = [...rewarded, ...wholeWay.map(recorded), entry("2021-04-20")];
  expect(await refusals([{ ...verified, on: "2021-05-20" }], { facts: renewed })).toEqual([
    "CONFIRMED: NO_APPLICATION -> RENEWAL_APPLIED SUBJECT",
  ]);
});

test("nobody is moved out while a renewal that was applied for in time waits, but is once it was refused", async () => {
  const movedOut = proposed("INCENTIVE", "MOVED_OUT", "2021-06-01", { list });
  const waiting = [...rewarded, ...[applied, verified].map(recorded)];
  expect(await refusals([movedOut], { facts: waiting })).toEqual(["MOVED_OUT: RENEWAL_PENDING -> COLLECTED"]);
  const facts = [...rewarded, ...[applied, notice, heard("NONE"), refused].map(recorded)];
  expect(await refusals([movedOut], { facts })).toEqual([]);
});
