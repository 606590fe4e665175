/** Lists of duties: what is due on a day over real databases, in which order, for whom, and what silence does to it. */
import { askDuties, type ToldDuties } from "./asked-duties";
import { type Fact, openTestGraph, type TestGraph } from "../graph";

const list = "JOINT_PUNISHMENT_OBJECT";
const [first, second, third, honest, rewarded, fourth] = [
  "91510700FAKE00013G",
  "91510700FAKE01053U",
  "91510700FAKE02017B",
  "91510700FAKE030211",
  "91510700FAKE04022B",
  "91510700FAKE050373",
] as const;

let graph: TestGraph;

const step = (creditCode: string, name: string, on: string, own: Fact = {}): Fact => ({
  type: "ProcedureStep",
  creditCode,
  documentNumber: `${String(own["procedure"] ?? "")}${name}-${on}-${String(own["by"] ?? "")}`,
  procedure: "LISTING",
  list,
  step: name,
  on,
  ...own,
});
const confirmedOn = (creditCode: string, day: string): readonly Fact[] => [
  step(creditCode, "COLLECTED", "2018-05-02"),
  step(creditCode, "NOTICE_SERVED", "2018-05-03"),
  step(creditCode, "DEFENCE_HEARD", "2018-05-04", { outcome: "NONE" }),
  step(creditCode, "CONFIRMED", day),
];
const registered = (creditCode: string, own: Fact = {}): Fact => ({
  type: "EnterpriseRegistration",
  creditCode,
  name: "示例",
  occurredOn: "2010-01-01",
  ...own,
});

beforeAll(async () => {
  graph = await openTestGraph();
  await graph.record("SAFETY", [
    ...confirmedOn(first, "2018-05-28"),
    ...confirmedOn(second, "2018-06-04"),
    {
      type: "ListEntry",
      creditCode: third,
      list,
      level: "PROVINCE",
      publishedOn: "2018-08-20",
      provider: "TAX",
    },
    {
      type: "ListEntry",
      creditCode: rewarded,
      list: "JOINT_INCENTIVE_OBJECT",
      level: "PROVINCE",
      publishedOn: "2018-08-20",
    },
    registered(honest),
    registered(third),
    registered(rewarded),
    registered(first, { documentNumber: "" }),
    {
      type: "HonestyReport",
      creditCode: first,
      year: 2017,
      reportedOn: "2017-12-20",
      occurredOn: "2017-12-20",
    },
    registered("91330206FAKE000138"),
    {
      type: "ScoreAssessment",
      creditCode: honest,
      scheme: "fp-factory",
      score: 80,
      year: 2016,
      half: 1,
      occurredOn: "2016-06-01",
    },
    {
      type: "ScoreAssessment",
      documentNumber: "S-2",
      creditCode: honest,
      scheme: "fp-factory",
      score: 80,
      year: 2018,
      half: 1,
      occurredOn: "2018-06-01",
    },
  ]);
  await graph.record("TAX", [
    { ...step(third, "OBJECTION_FILED", "2018-09-01", { procedure: "OBJECTION", by: "SUBJECT" }) },
  ]);
}, 120_000);
afterAll(() => graph.close());
beforeEach(() => graph.silent.clear());

const ask = (on: string, own: Fact = {}): Promise<ToldDuties> => askDuties(graph, { on, ...own });

/** The duties of punishment lists, as `day kind step by`. */
async function tell(on: string, own: Fact = {}) {
  const { edges, missing } = await ask(on, { scheme: "my-integrity-punish", ...own });
  expect(missing).toEqual([]);
  return edges.map(({ node }) => {
    const code =
      (node["enterprise"] as Fact | null)?.["creditCode"] ??
      (node["carries"] as Fact[]).map((one) => one["creditCode"]).join("+");
    return [
      node["dueOn"],
      node["kind"],
      code,
      node["step"],
      ...(node["by"] as string[]),
      node["isOverdue"] ? "overdue" : "",
    ]
      .join(" ")
      .trim();
  });
}

const honesty = (day: string, code: string, ...rest: string[]) =>
  [day, "HANDING_IN", code, "HONESTY_REPORT SUBJECT", ...rest].join(" ");

test("the report of the 2nd carries what was confirmed in the month before, and what was confirmed since waits for the next", async () => {
  const noReport2017 = [third, honest, rewarded].map((code) => honesty("2017-12-31", code, "overdue"));
  const noReport2018 = [first, third, honest, rewarded].map((code) => honesty("2018-12-31", code));
  const approvalOf = (code: string) => `STEP ${code} APPROVED DISTRICT CITY PROVINCE`;
  expect(await tell("2018-06-02")).toEqual([
    ...noReport2017,
    `2018-06-02 MONTHLY_REPORT ${first} REPORTED`,
    ...noReport2018,
    approvalOf(first),
    `STEP ${second} CONFIRMED`,
  ]);
  expect(await tell("2018-06-04")).toEqual([
    ...noReport2017,
    `2018-06-02 MONTHLY_REPORT ${first} REPORTED overdue`,
    `2018-07-02 MONTHLY_REPORT ${second} REPORTED`,
    ...noReport2018,
    approvalOf(first),
    approvalOf(second),
  ]);
});

test("a report to the next level names form and signatories' department, and every listing that it carries", async () => {
  await graph.record(
    "SAFETY",
    confirmedOn(fourth, "2018-05-30").map((fact) => ({
      ...fact,
      documentNumber: `${String(fact["documentNumber"])}b`,
    })),
  );
  const { edges } = await ask("2018-06-01", { scheme: "my-integrity-punish" });
  const reports = edges.filter(({ node }) => node["kind"] === "MONTHLY_REPORT");
  expect(reports.map(({ node }) => node)).toEqual([
    expect.objectContaining({
      department: "SAFETY",
      enterprise: null,
      list,
      form: "表3",
      dueOn: "2018-06-02",
      isOverdue: false,
      carries: [
        { creditCode: first, on: "2018-05-28" },
        { creditCode: fourth, on: "2018-05-30" },
      ],
    }),
  ]);
});

test("an entry is told of from the first to the last of the thirty working days before its term ends", async () => {
  const expiring = async (on: string) => {
    const { edges } = await ask(on, { scheme: "my-integrity-punish" });
    return edges.map(({ node }) => node).filter(({ kind }) => kind === "EXPIRY");
  };
  expect(await expiring("2019-07-08")).toEqual([]);
  expect(await expiring("2019-07-09")).toEqual([
    expect.objectContaining({
      department: "SAFETY",
      step: "REMOVAL_APPLIED",
      form: "表4",
      by: ["SUBJECT"],
      opensOn: "2019-07-09",
      dueOn: "2019-08-19",
      expiresOn: "2019-08-20",
      isProvisional: false,
    }),
  ]);
  expect(await expiring("2019-08-19")).toHaveLength(1);
  expect(await expiring("2019-08-20")).toEqual([]);
});

test("days that were counted through a year without a holiday notice are said to be provisional", async () => {
  const entry = { type: "ListEntry", creditCode: fourth, list, level: "PROVINCE", publishedOn: "2030-08-20" };
  await graph.record("TRANSPORT", [entry]);
  const { edges } = await ask("2031-08-19", { department: "TRANSPORT", scheme: "my-integrity-punish" });
  expect(edges.map(({ node }) => [node["kind"], node["isProvisional"]])).toEqual([
    ["EXECUTION", false],
    ["EXPIRY", true],
  ]);
});

test("whoever provided an entry is told of an objection to it", async () => {
  const objections = async (department: string) => {
    const { edges } = await ask("2018-09-03", { department });
    return edges.map(({ node }) => node).filter(({ step: name }) => name === "OBJECTION_ANSWERED");
  };
  expect(await objections("SAFETY")).toEqual([]);
  expect(await objections("TAX")).toEqual([
    expect.objectContaining({ department: "TAX", by: ["PROVIDER"], route: "TAX", state: "OBJECTION_OPEN" }),
  ]);
});

test("a renewal is told of as long before it is due as it is due before the term ends", async () => {
  const renewals = async (on: string) => {
    const { edges } = await ask(on, { scheme: "my-integrity-incentive" });
    return edges.map(({ node }) => node).filter(({ kind }) => kind === "RENEWAL");
  };
  expect(await renewals("2021-02-19")).toEqual([]);
  const told = {
    opensOn: "2021-02-20",
    dueOn: "2021-05-20",
    expiresOn: "2021-08-20",
    step: "RENEWAL_APPLIED",
  };
  expect(await renewals("2021-02-20")).toEqual([expect.objectContaining({ ...told, isOverdue: false })]);
  expect(await renewals("2021-05-21")).toEqual([expect.objectContaining({ ...told, isOverdue: true })]);
});

test("a half-year self-assessment is missing until it is made, of the half-year that runs and of the one before", async () => {
  const missing = async (on: string) => {
    const { edges } = await ask(on, { scheme: "fp-factory" });
    return edges.map(({ node }) => [node["dueOn"], node["step"], node["isOverdue"]]);
  };
  expect(await missing("2018-05-20")).toEqual([
    ["2017-12-31", "SELF_ASSESSMENT", true],
    ["2018-06-30", "SELF_ASSESSMENT", false],
  ]);
  expect(await missing("2018-06-02")).toEqual([["2017-12-31", "SELF_ASSESSMENT", true]]);
  expect(await missing("2018-07-01")).toEqual([["2018-12-31", "SELF_ASSESSMENT", false]]);
});

test("pages of one give what a page of all gives, each once and in the same order", async () => {
  const whole = await ask("2018-06-04");
  const places: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages <= whole.edges.length; pages++) {
    const page: ToldDuties = await ask("2018-06-04", { first: 1, after });
    places.push(...page.edges.map(({ cursor }) => cursor));
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(places).toEqual(whole.edges.map(({ cursor }) => cursor));
  expect(places.length).toBeGreaterThan(6);
});

test("what had not been recorded by then is not due", async () => {
  const { edges } = await ask("2018-06-04", { knownAt: "2018-06-04T00:00:00Z" });
  expect(edges).toEqual([]);
});

test("a silent department is named; no step that hangs on it is told, and what is certain still is", async () => {
  graph.silent.add("transport");
  const { edges, missing } = await ask("2019-07-09", { scheme: "my-integrity-punish" });
  expect(missing).toEqual([
    { department: "TRANSPORT", hasUntoldCases: true, procedures: expect.any(Number) },
  ]);
  expect(missing[0]!["procedures"]).toBeGreaterThan(0);
  const kinds = new Set(edges.map(({ node }) => node["kind"]));
  expect([...kinds].sort()).toEqual(["EXECUTION", "EXPIRY", "HANDING_IN"]);
});

test("a department that keeps no lists takes nothing from the duties", async () => {
  const whole = await ask("2018-06-04");
  graph.silent.add("finance");
  expect(await ask("2018-06-04")).toEqual(whole);
});

test("too large a page and a scheme that is not in force are refused", async () => {
  await expect(ask("2018-06-04", { first: 1001 })).rejects.toThrow("LIMIT_EXCEEDED");
  await expect(ask("2018-06-04", { scheme: "no-such-scheme" })).rejects.toThrow("no such scheme");
});
