/** Which steps may be recorded, told from what is on record on their day. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import type { ProposedStep } from "../../../../subgraphs/joint/assessment/admit-steps";
import { creditCode, list, proposed, recorded, refusals } from "./proposed-steps";

const entry: CaseFact = {
  type: "ListEntry",
  creditCode,
  department: "SAFETY",
  list,
  level: "PROVINCE",
  publishedOn: "2018-08-20",
};

const listing = (step: string, on: string, own: Partial<ProposedStep> = {}) =>
  proposed("LISTING", step, on, own);
const removal = (step: string, on: string, own: Partial<ProposedStep> = {}) =>
  proposed("REMOVAL", step, on, own);

const collected = listing("COLLECTED", "2018-05-02");
const noticed = listing("NOTICE_SERVED", "2018-05-10");
const heard = listing("DEFENCE_HEARD", "2018-05-20", { outcome: "NONE" });
const confirmed = listing("CONFIRMED", "2018-05-28");

test("a listing in order is admitted, step by step and as a whole, whatever order the rows came in", async () => {
  expect(await refusals([confirmed, heard, collected, noticed])).toEqual([]);
  expect(await refusals([confirmed], { facts: [collected, noticed, heard].map(recorded) })).toEqual([]);
});

test("what comes too early is refused with the step that is due, and what follows it stands without it", async () => {
  expect(await refusals([noticed])).toEqual(["NOTICE_SERVED: NO_GROUNDS -> COLLECTED"]);
  expect(await refusals([confirmed], { facts: [collected, noticed].map(recorded) })).toEqual([
    "CONFIRMED: NOTICE_SERVED -> DEFENCE_HEARD",
  ]);
  expect(await refusals([collected, heard, confirmed])).toEqual([
    "DEFENCE_HEARD: NOTICE_REQUIRED -> NOTICE_SERVED",
    "CONFIRMED: NOTICE_REQUIRED -> NOTICE_SERVED",
  ]);
});

test("the same step twice is out of order, the same document once more or corrected is not", async () => {
  const facts = [collected, noticed].map(recorded);
  expect(await refusals([{ ...noticed, documentNumber: "another" }], { facts })).toEqual([
    "NOTICE_SERVED: NOTICE_SERVED -> DEFENCE_HEARD",
  ]);
  expect(await refusals([{ ...noticed, on: "2018-05-11" }], { facts })).toEqual([]);
});

test("a step that is recorded late is judged as of its own day", async () => {
  const facts = [collected, noticed, confirmed].map(recorded);
  expect(await refusals([heard], { facts })).toEqual([]);
});

test("an entry of the same day does not stand in the way of the publication that made it", async () => {
  const approved = listing("APPROVED", "2018-06-20", { by: "PROVINCE" });
  const published = listing("PUBLISHED", "2018-08-20");
  const facts = [...[collected, noticed, heard, confirmed, approved].map(recorded), entry];
  expect(await refusals([published], { facts })).toEqual([]);
  expect(await refusals([listing("PUBLISHED", "2018-08-21")], { facts })).toEqual([
    "PUBLISHED: IN_FORCE -> ",
  ]);
});

test("after a defence that was upheld a new matter begins with what was collected", async () => {
  const facts = [collected, noticed, listing("DEFENCE_HEARD", "2018-05-20", { outcome: "UPHELD" })].map(
    recorded,
  );
  expect(await refusals([confirmed], { facts })).toEqual(["CONFIRMED: DISMISSED -> COLLECTED"]);
  expect(await refusals([listing("COLLECTED", "2018-07-01")], { facts })).toEqual([]);
  expect(await refusals([listing("NOTICE_SERVED", "2018-07-01")], { facts })).toEqual([
    "NOTICE_SERVED: DISMISSED -> COLLECTED",
  ]);
});

test("removal is verified on two levels, each by those who may, and carried through after the term", async () => {
  const applied = removal("REMOVAL_APPLIED", "2019-07-22");
  const verified = (by: string, on: string) => removal("REMOVAL_VERIFIED", on, { by, outcome: "PASSED" });
  const facts = [entry, recorded(applied)];
  expect(await refusals([verified("CITY", "2019-07-30")], { facts })).toEqual([
    "REMOVAL_VERIFIED: REMOVAL_REQUESTED -> REMOVAL_VERIFIED SUPERVISING_DEPARTMENT DISTRICT",
  ]);
  const wholeWay = [
    verified("SUPERVISING_DEPARTMENT", "2019-07-30"),
    verified("DISTRICT", "2019-08-02"),
    verified("CITY", "2019-08-25"),
    removal("REMOVED", "2019-08-26"),
  ];
  expect(await refusals(wholeWay, { facts })).toEqual([]);
  const ended = { ...entry, endedOn: "2019-08-10" };
  const early = [...wholeWay.slice(0, 2), verified("CITY", "2019-08-09"), removal("REMOVED", "2019-08-10")];
  expect(await refusals(early, { facts: [ended, recorded(applied)] })).toEqual([]);
});

test("an application out of its window leads nowhere but to another one", async () => {
  const facts = [entry, recorded(removal("REMOVAL_APPLIED", "2019-02-01"))];
  const verified = removal("REMOVAL_VERIFIED", "2019-02-11", { by: "DISTRICT", outcome: "PASSED" });
  expect(await refusals([verified], { facts })).toEqual([
    "REMOVAL_VERIFIED: REMOVAL_REFUSED_TOO_EARLY -> REMOVAL_APPLIED SUBJECT",
  ]);
  expect(await refusals([removal("REMOVAL_APPLIED", "2019-07-22")], { facts })).toEqual([]);
});

test("a grading that has run its course begins again with the next application, and not in the middle", async () => {
  const grading = (year: number) =>
    ["ACCEPTANCE_APPLIED", "VISITED", "REVIEWED", "ACCEPTED", "CHECKED", "PUBLICISED", "APPROVED"].map(
      (name, month) => proposed("TITLE", name, `${year}-0${month + 1}-10`, { list: "HONEST_ENTERPRISE" }),
    );
  const [application, visit, review, acceptance] = grading(2020);
  const facts = grading(2019).map(recorded);
  expect(await refusals([...grading(2020), ...grading(2021)], { facts })).toEqual([]);
  expect(await refusals([acceptance!], { facts })).toEqual(["ACCEPTED: APPROVED -> ACCEPTANCE_APPLIED"]);
  expect(await refusals([application!, { ...application!, documentNumber: "again" }], { facts })).toEqual([
    "ACCEPTANCE_APPLIED: ACCEPTANCE_APPLIED -> VISITED REVIEW_GROUP",
  ]);
  const visited = [...facts, recorded(application!), recorded(visit!)];
  expect(await refusals([acceptance!], { facts: visited })).toEqual([
    "ACCEPTED: VISITED -> REVIEWED REVIEW_GROUP",
  ]);
  expect(await refusals([review!, acceptance!], { facts: visited })).toEqual([]);
  const failed = { ...review!, outcome: "FAILED" };
  expect(await refusals([failed, acceptance!], { facts: visited })).toEqual([
    "ACCEPTED: REFUSED -> ACCEPTANCE_APPLIED",
  ]);
});

test("what ends an entry is taken while it stands, and not before", async () => {
  const removed = listing("REMOVED", "2018-09-01", { list: "BLACKLIST" });
  expect(await refusals([removed])).toEqual(["REMOVED: NO_GROUNDS -> COLLECTED"]);
  const standing = { ...entry, list: "BLACKLIST", endedOn: "2018-09-01" };
  expect(await refusals([removed], { facts: [standing] })).toEqual([]);
});

test("a procedure that no scheme declares is as recorded", async () => {
  expect(await refusals([proposed("LISTING", "PUBLISHED", "2018-05-02", { list: "HONOUR_ROLL" })])).toEqual(
    [],
  );
  expect(await refusals([listing("PUBLISHED", "2017-05-02")])).toEqual([]);
});

test("while a department that keeps the history is silent nothing is admitted, and it is named", async () => {
  const facts = [collected, noticed].map(recorded);
  expect(await refusals([heard], { facts, silent: ["TAX"] })).toEqual(["DEFENCE_HEARD: TAX -> "]);
  expect(await refusals([heard], { facts, silent: ["FINANCE"] })).toEqual([]);
});
