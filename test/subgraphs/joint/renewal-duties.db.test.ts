/** What is due over a renewal: the application until it is made, then the steps by which it is decided. */
import { askDuties } from "./asked-duties";
import { type Fact, openTestGraph, type TestGraph } from "../graph";

const list = "JOINT_INCENTIVE_OBJECT";
const [renewing, refused] = ["91510700FAKE00013G", "91510700FAKE01053U"] as const;

let graph: TestGraph;
beforeAll(async () => {
  graph = await openTestGraph();
  await graph.record("SAFETY", [...rewarded(renewing), ...rewarded(refused)]);
}, 120_000);
afterAll(() => graph.close());

const entry = (creditCode: string, publishedOn: string): Fact => ({
  ...{ type: "ListEntry", creditCode, documentNumber: `E-${publishedOn}` },
  ...{ list, level: "PROVINCE", publishedOn },
});
const rewarded = (creditCode: string): readonly Fact[] => [
  { type: "SafetyCommitment", creditCode, publishedOn: "2015-01-10" },
  {
    ...{ type: "StandardizationCertificate", creditCode, level: 1 },
    ...{ validFrom: "2015-01-01", validUntil: "2028-01-01" },
  },
  entry(creditCode, "2018-05-10"),
];
const step = (creditCode: string, name: string, on: string, own: Fact = {}): Fact => ({
  ...{ type: "ProcedureStep", creditCode, documentNumber: `${name}-${on}-${String(own["by"] ?? "")}` },
  ...{ procedure: "RENEWAL", list, step: name, on, ...own },
});

/** What is due over an enterprise, as `day kind step by state`. */
async function due(creditCode: string, on: string): Promise<readonly string[]> {
  const { edges, missing } = await askDuties(graph, { on, scheme: "my-integrity-incentive" });
  expect(missing).toEqual([]);
  const codesOf = ({ enterprise, carries }: Fact): readonly unknown[] =>
    [enterprise as Fact | null, ...(carries as readonly Fact[])].map((one) => one?.["creditCode"]);
  return edges
    .filter(({ node }) => codesOf(node).includes(creditCode))
    .map(({ node: { dueOn, kind, step: name, by, state, isOverdue } }) =>
      [dueOn, kind, name, ...(by as string[]), state, isOverdue ? "overdue" : ""].filter(Boolean).join(" "),
    );
}

describe("a renewal that is granted", () => {
  test("is due to be applied for, and once it is, to be reported and verified", async () => {
    expect(await due(renewing, "2021-01-19")).toEqual([
      "2021-02-10 RENEWAL RENEWAL_APPLIED SUBJECT IN_FORCE",
    ]);
    await graph.record("SAFETY", [step(renewing, "RENEWAL_APPLIED", "2021-01-20", { by: "SUBJECT" })]);
    expect(await due(renewing, "2021-01-20")).toEqual([
      "2021-02-02 MONTHLY_REPORT REPORTED RENEWAL_REQUESTED",
      "STEP CONFIRMED RENEWAL_REQUESTED",
    ]);
  });

  test("is due to be approved, publicised and announced before the term ends, and still is afterwards", async () => {
    await graph.record("SAFETY", [
      step(renewing, "REPORTED", "2021-02-02"),
      step(renewing, "CONFIRMED", "2021-02-20"),
      step(renewing, "APPROVED", "2021-03-01", { by: "DISTRICT" }),
    ]);
    const upwards = "2021-05-10 STEP APPROVED CITY PROVINCE MINISTRY RENEWAL_REQUESTED";
    expect(await due(renewing, "2021-03-02")).toEqual([upwards]);
    expect(await due(renewing, "2021-05-20")).toEqual([`${upwards} overdue`]);
    await graph.record("SAFETY", [
      step(renewing, "APPROVED", "2021-04-01", { by: "MINISTRY" }),
      step(renewing, "PUBLICISED", "2021-04-05"),
    ]);
    expect(await due(renewing, "2021-04-06")).toEqual([
      "2021-05-10 STEP ANNOUNCED MINISTRY RENEWAL_APPROVED",
    ]);
  });

  test("leaves nothing due of the first term, and is renewed in its turn", async () => {
    await graph.record("SAFETY", [
      step(renewing, "ANNOUNCED", "2021-04-20", { by: "MINISTRY" }),
      entry(renewing, "2021-04-20"),
    ]);
    expect(await due(renewing, "2021-04-20")).toEqual([]);
    expect(await due(renewing, "2021-06-01")).toEqual([]);
    expect(await due(renewing, "2023-11-01")).toEqual([
      "2024-01-20 RENEWAL RENEWAL_APPLIED SUBJECT IN_FORCE",
    ]);
  });
});

test("a renewal that is to be refused: the unit is heard, the refusal decided, and after the term it is moved out", async () => {
  await graph.record("SAFETY", [
    step(refused, "RENEWAL_APPLIED", "2021-01-20", { by: "SUBJECT" }),
    step(refused, "NOTICE_SERVED", "2021-02-25", { note: "虚报培训记录" }),
  ]);
  expect(await due(refused, "2021-02-25")).toEqual(["STEP DEFENCE_HEARD RENEWAL_REFUSAL_NOTIFIED"]);
  await graph.record("SAFETY", [step(refused, "DEFENCE_HEARD", "2021-03-05", { outcome: "REJECTED" })]);
  expect(await due(refused, "2021-03-05")).toEqual([
    "2021-05-10 STEP RENEWAL_REFUSED RENEWAL_REFUSAL_NOTIFIED",
  ]);
  await graph.record("SAFETY", [step(refused, "RENEWAL_REFUSED", "2021-03-20")]);
  expect(await due(refused, "2021-05-09")).toEqual([]);
  expect(await due(refused, "2021-05-10")).toEqual(["STEP MOVED_OUT REMOVED_EXPIRED"]);
});
