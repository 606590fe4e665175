/** What has to be carried out, and what has to be reported: told until a department says that it was done. */
import { askDuties } from "./asked-duties";
import { type Fact, openTestGraph, type TestGraph } from "../graph";

const list = "JOINT_PUNISHMENT_OBJECT";
const scheme = "my-integrity-punish";
const [listed, reporting, planner, proposed] = [
  "91510700FAKE00013G",
  "91510700FAKE01053U",
  "91510700FAKE02017B",
  "91510700FAKE030211",
] as const;

let graph: TestGraph;
beforeAll(async () => {
  graph = await openTestGraph();
}, 120_000);
afterAll(() => graph.close());
beforeEach(() => graph.silent.clear());

const execution = (measure: string, executedOn: string, own: Fact = {}): Fact => ({
  type: "MeasureExecution",
  creditCode: listed,
  documentNumber: `${measure}-${executedOn}-${String(own["outcome"] ?? "")}`,
  scheme,
  measure,
  list,
  executedOn,
  ...own,
});

/** The measures that are to be carried out, as `department dueOn measures`. */
async function owed(on: string, own: Fact = {}): Promise<readonly string[]> {
  const { edges, missing } = await askDuties(graph, { on, scheme, ...own });
  if (graph.silent.size === 0) expect(missing).toEqual([]);
  return edges
    .filter(({ node }) => node["kind"] === "EXECUTION")
    .map(({ node: { department, dueOn, isOverdue, by, measures } }) =>
      [department, dueOn, isOverdue ? "overdue" : "", ...(by as string[]), ...(measures as string[])]
        .filter((part) => part !== "")
        .join(" "),
    );
}

describe("measures of a listing in force", () => {
  const own = "2018-09-02";
  beforeAll(() =>
    graph.record("SAFETY", [
      { type: "ListEntry", creditCode: listed, list, level: "PROVINCE", publishedOn: "2018-08-20" },
    ]),
  );

  test("are due for each department that has to act, and overdue after the 2nd of the month that follows", async () => {
    const told = await owed("2018-08-20");
    expect(told).toEqual([
      `FINANCE ${own} SECURITIES_STRICT_REVIEW`,
      `SAFETY ${own} credit-platform land LAND_AUCTION_RESTRICT_OR_BAN PERSONAL_CREDIT_SYNC`,
    ]);
    const overdue = await owed("2018-09-03", { department: "FINANCE" });
    expect(overdue).toEqual([`FINANCE ${own} overdue SECURITIES_STRICT_REVIEW`]);
    expect(await owed("2018-08-19")).toEqual([]);
  });

  test("are due until the department that has to act says that it carried them out", async () => {
    await graph.record("FINANCE", [
      execution("SECURITIES_STRICT_REVIEW", "2018-08-25", { outcome: "IN_PROGRESS" }),
      execution("SECURITIES_STRICT_REVIEW", "2018-08-19"),
    ]);
    expect(await owed("2018-08-27", { department: "FINANCE" })).toHaveLength(1);
    await graph.record("TAX", [execution("SECURITIES_STRICT_REVIEW", "2018-08-26")]);
    expect(await owed("2018-08-27", { department: "FINANCE" })).toHaveLength(1);
    await graph.record("FINANCE", [execution("SECURITIES_STRICT_REVIEW", "2018-08-28")]);
    expect(await owed("2018-08-27", { department: "FINANCE" })).toHaveLength(1);
    expect(await owed("2018-08-28", { department: "FINANCE" })).toEqual([]);
  });

  test("are not told of a department that is silent: it is named", async () => {
    graph.silent.add("finance");
    const { edges, missing } = await askDuties(graph, { on: "2018-08-27", scheme });
    expect(missing).toEqual([{ department: "FINANCE", hasUntoldCases: false, procedures: 1 }]);
    const kinds = edges.filter(({ node }) => node["department"] === "FINANCE");
    expect(kinds).toEqual([]);
  });

  test("are shown in the record of the department, and in the report of the 2nd for the month in which they were carried out", async () => {
    const step = (name: string, on: string, rest: Fact = {}): Fact => ({
      type: "ProcedureStep",
      creditCode: reporting,
      documentNumber: name,
      procedure: "LISTING",
      list,
      step: name,
      on,
      ...rest,
    });
    await graph.record("SAFETY", [
      step("COLLECTED", "2018-08-01"),
      step("NOTICE_SERVED", "2018-08-02"),
      step("DEFENCE_HEARD", "2018-08-10", { outcome: "NONE" }),
      step("CONFIRMED", "2018-08-20"),
    ]);
    const { edges } = await askDuties(graph, { on: "2018-09-01", scheme });
    const report = edges.find(({ node }) => node["kind"] === "MONTHLY_REPORT")!.node;
    expect(report["carries"]).toEqual([{ creditCode: reporting, on: "2018-08-20" }]);
    const done = { creditCode: listed, measure: "SECURITIES_STRICT_REVIEW" };
    expect(report["executed"]).toEqual([
      { ...done, department: "FINANCE", on: "2018-08-19" },
      { ...done, department: "TAX", on: "2018-08-26" },
      { ...done, department: "FINANCE", on: "2018-08-28" },
    ]);
    const { data } = await graph.ask(
      `{ enterprise(creditCode: "${listed}", asOf: "2018-08-31") {
        finance { measureExecutions { measure executedOn outcome } } } }`,
    );
    const { finance } = data!["enterprise"] as { finance: { measureExecutions: readonly Fact[] } };
    expect(finance.measureExecutions).toContainEqual({
      measure: "SECURITIES_STRICT_REVIEW",
      executedOn: "2018-08-25",
      outcome: "IN_PROGRESS",
    });
  });
});

test("measures carried out in a month are counted over all five departments, those that were not are left out", async () => {
  const facts = [
    execution("A", "2020-09-10"),
    execution("B", "2020-09-10", { outcome: "NOT_CARRIED_OUT" }),
    execution("C", "2020-10-01"),
    execution("D", "2020-09-10", { scheme: "nb-smart-safety" }),
  ];
  await graph.record("FINANCE", facts);
  await graph.record("TAX", facts);
  const executed = async (asOf: string) => {
    const { data } = await graph.ask(
      `query ($asOf: LocalDate) { statistics(scheme: "my-integrity-punish", asOf: $asOf) {
        figures { name value } missing { department figures } } }`,
      { asOf },
    );
    const { figures, missing } = data!["statistics"] as Record<string, readonly Fact[]>;
    return [figures!.find(({ name }) => name === "measuresExecutedInMonth")?.["value"], missing];
  };
  expect(await executed("2020-09-30")).toEqual(["2", []]);
  expect(await executed("2020-09-09")).toEqual(["0", []]);
  graph.silent.add("finance");
  const missing = [{ department: "FINANCE", figures: ["measuresExecutedInMonth"] }];
  expect(await executed("2020-09-30")).toEqual([undefined, missing]);
});

test("a step that two departments recorded at once is shown to the one that recorded last, until it is withdrawn", async () => {
  const collected = (documentNumber: string, status: string): Fact => ({
    type: "ProcedureStep",
    creditCode: reporting,
    documentNumber,
    procedure: "LISTING",
    list: "SAFETY_BLACKLIST",
    step: "COLLECTED",
    on: "2018-08-01",
    status,
  });
  const doubles = async () => {
    const { edges } = await askDuties(graph, { on: "2018-08-01", scheme });
    return edges
      .filter(({ node }) => node["kind"] === "DOUBLE_STEP")
      .map(({ node: { department, list: on, step } }) => [department, on, step].join(" "));
  };
  await graph.record("TRANSPORT", [collected("D-1", "ACTIVE")]);
  expect(await doubles()).toEqual([]);
  await graph.record("CONSTRUCTION", [collected("D-2", "ACTIVE")]);
  expect(await doubles()).toEqual(["CONSTRUCTION SAFETY_BLACKLIST COLLECTED"]);
  await graph.record("CONSTRUCTION", [{ ...collected("D-2", "WITHDRAWN"), correction: true }]);
  expect(await doubles()).toEqual([]);
});

describe("reports under a scheme", () => {
  const report = (creditCode: string, own: Fact): Fact => ({
    type: "SchemeReport",
    creditCode,
    documentNumber: `${String(own["scheme"])} ${String(own["kind"])} ${String(own["submittedOn"])}`,
    ...own,
  });
  const owedUnder = async (under: string, on: string) => {
    const { edges } = await askDuties(graph, { on, scheme: under });
    return edges.map(({ node }) =>
      [
        (node["enterprise"] as Fact)["creditCode"],
        node["step"],
        node["dueOn"],
        ...(node["isOverdue"] ? ["overdue"] : []),
      ].join(" "),
    );
  };

  test("are due at the end of June and of November from every department that handed in its plan, not from whom it is proposed to close", async () => {
    const spt = "spt-benchmark";
    await graph.record("SAFETY", [
      report(planner, { scheme: spt, kind: "DEPARTMENT_PLAN", year: 2019, submittedOn: "2019-03-20" }),
      report(proposed, { scheme: spt, kind: "CLOSURE_PROPOSAL", year: 2019, submittedOn: "2019-04-20" }),
    ]);
    expect(await owedUnder(spt, "2019-06-30")).toEqual([`${planner} PROGRESS_REPORT 2019-06-30`]);
    const progress = { scheme: spt, kind: "PROGRESS_REPORT", year: 2019, half: 1, submittedOn: "2019-06-28" };
    await graph.record("SAFETY", [report(planner, progress)]);
    expect(await owedUnder(spt, "2019-06-30")).toEqual([]);
    expect(await owedUnder(spt, "2019-12-01")).toEqual([
      `${planner} PROGRESS_REPORT 2019-11-30 overdue`,
      `${planner} PROGRESS_REPORT 2020-06-30`,
    ]);
  });

  test("are due from evaluation bodies for the half-year and for the year, each in its own kind", async () => {
    const ce = "ce-construction";
    await graph.record("SAFETY", [
      report(planner, { scheme: ce, kind: "ADMISSION", year: 2020, submittedOn: "2020-01-10" }),
      report(planner, {
        scheme: ce,
        kind: "HALF_YEAR_REPORT",
        year: 2020,
        half: 1,
        submittedOn: "2020-07-10",
      }),
    ]);
    expect(await owedUnder(ce, "2020-07-01")).toEqual([
      `${planner} EVALUATION_REPORT 2020-06-30 overdue`,
      `${planner} EVALUATION_REPORT 2020-12-31`,
    ]);
    expect(await owedUnder(ce, "2020-07-10")).toEqual([`${planner} EVALUATION_REPORT 2020-12-31`]);
  });

  test("are due of a factory's grade every half-year since it was first determined, until it is published", async () => {
    const fp = "fp-factory";
    const [graded, assessed] = ["91520100FAKE719110", "91520100FAKE7192XP"] as const;
    await graph.record("SAFETY", [
      {
        ...{ type: "GradeDetermination", creditCode: graded, documentNumber: "G" },
        ...{ scheme: fp, grade: "B", validFrom: "2015-03-10" },
      },
      {
        ...{ type: "GradeDetermination", creditCode: assessed, documentNumber: "G" },
        ...{ scheme: "nb-smart-safety", grade: "B", validFrom: "2015-03-10" },
      },
    ]);
    expect(await owedUnder(fp, "2015-03-09")).toEqual([]);
    expect(await owedUnder(fp, "2015-03-10")).toEqual([`${graded} PUBLICATION 2015-06-30`]);
    const published = { scheme: fp, kind: "PUBLICATION", year: 2015, half: 1, submittedOn: "2015-07-08" };
    await graph.record("SAFETY", [report(graded, published)]);
    expect(await owedUnder(fp, "2015-07-07")).toEqual([
      `${graded} PUBLICATION 2015-06-30 overdue`,
      `${graded} PUBLICATION 2015-12-31`,
    ]);
    expect(await owedUnder(fp, "2015-07-08")).toEqual([`${graded} PUBLICATION 2015-12-31`]);
  });
});
