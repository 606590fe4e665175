/** Figures over small populations: real subgraphs over real databases, asked through the engine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine } from "../../../gateway/engine/engine";
import { createLocalTransport } from "../../../gateway/transport/local";
import { checkCharacter } from "../../../schema/credit-code";
import { compose, readSubgraphSdl } from "../../../schema/compose";
import { TransportError, type SubgraphResponse } from "../../../gateway/engine/contract";
import { construction } from "../../../subgraphs/construction";
import { finance } from "../../../subgraphs/finance";
import { openJoint, type OpenJoint } from "../../../subgraphs/joint";
import { safety } from "../../../subgraphs/safety";
import type { DepartmentDefinition } from "../../../subgraphs/shared/department";
import type { OpenSubgraph } from "../../../subgraphs/shared/open-subgraph";
import { recordFacts } from "../../../subgraphs/shared/record-facts";
import { readAttributes } from "../../../subgraphs/shared/request-context";
import { tax } from "../../../subgraphs/tax";
import { transport } from "../../../subgraphs/transport";
import { createTestDatabase, type TestDatabase } from "../../postgres";
import { openDepartment, type TestDepartment } from "../departments";

type Fact = Readonly<Record<string, unknown>>;

const definitions = { safety, transport, construction, tax, finance } as const;
type Name = keyof typeof definitions;

let departments: Record<Name, TestDepartment>;
let database: TestDatabase;
let folder: string;
let joint: OpenJoint;
let engine: Engine;
const silent = new Set<string>();

let enterprises = 0;
let documents = 0;
function nextCode(): string {
  const body = `91330206CRTT${String(enterprises++).padStart(5, "0")}`;
  return body + checkCharacter(body);
}

/** `count` enterprises, each with these facts. */
const population = (count: number, ...facts: readonly Fact[]): Fact[] =>
  Array.from({ length: count }, nextCode).flatMap((creditCode) =>
    facts.map((fact) => ({
      creditCode,
      documentNumber: `示例/${documents++}`,
      authority: "示例机关",
      ...fact,
    })),
  );

async function record(definition: DepartmentDefinition, rows: readonly Fact[]): Promise<void> {
  const { pool } = departments[definition.name as Name].subgraph;
  const options = { mayMigrateHistory: true, isReplay: true };
  const outcomes = await recordFacts(pool, { keeper: definition, rows }, options);
  expect(outcomes.filter(({ outcome }) => outcome !== "recorded")).toEqual([]);
}

const registered = (own: Fact): Fact => ({ type: "EnterpriseRegistration", name: "示例企业", ...own });
const certificate = (own: Fact = {}): Fact => ({
  type: "StandardizationCertificate",
  level: 3,
  validFrom: "2019-06-01",
  validUntil: "2022-06-01",
  ...own,
});
const grade = (letter: string, validFrom: string): Fact => ({
  type: "GradeDetermination",
  scheme: "nb-smart-safety",
  grade: letter,
  validFrom,
});
const assessed = (kind: string, letter: string): Fact => ({
  type: "MaintenanceAssessment",
  kind,
  grade: letter,
  occurredOn: "2016-03-01",
});
const listing = (on: string): Fact => ({
  type: "ProcedureStep",
  procedure: "LISTING",
  list: "BLACKLIST",
  step: "CONFIRMED",
  on,
});

/** Standing in for SPT-01, a tenth of its size: 19 of 20, 189 of 200. */
async function recordBenchmarkTown(): Promise<void> {
  const started = { type: "ProgrammeEnrolment", scheme: "spt-benchmark", startedOn: "2019-12-31" };
  await record(safety, [
    ...population(19, registered({ industry: "MINING" }), certificate(), started),
    ...population(1, registered({ industry: "MINING" }), certificate({ withdrawnOn: "2021-12-31" })),
    ...population(189, registered({ industry: "CONSTRUCTION" }), certificate({ level: 2 })),
    ...population(11, registered({ industry: "CONSTRUCTION" })),
    ...population(3, registered({ industry: "TOURISM" }), certificate({ validFrom: "2018-12-31" })),
    ...population(1, registered({ industry: "TOURISM" })),
  ]);
}

async function recordTrafficCity(): Promise<void> {
  const large = registered({ sector: "INDUSTRY", aboveDesignatedSize: true, validUntil: "2017-01-01" });
  const commitment = (own: Fact) => ({ type: "SafetyCommitment", signedOn: "2016-02-01", ...own });
  await record(safety, [
    ...population(37, large, commitment({ publishedOn: "2016-03-01" })),
    ...population(11, large, commitment({ publishedOn: "2017-03-01" })),
    ...population(2, large),
    ...population(1, listing("2016-12-01")),
  ]);
  await record(transport, [
    ...population(12, grade("B", "2016-01-01"), grade("C", "2016-07-01")),
    ...population(60, grade("B", "2016-01-01"), grade("D", "2017-01-01")),
    ...population(1, listing("2016-12-31"), listing("2016-11-30")),
  ]);
  await record(construction, [
    ...population(28, assessed("LIFT", "C")),
    ...population(2, assessed("LIFT", "D")),
    ...population(76, assessed("LIFT", "B")),
    ...population(2, assessed("HOIST", "C")),
    ...population(7, assessed("HOIST", "A")),
  ]);
}

const transportTo = (name: string, subgraph: Pick<OpenSubgraph, "ask">) =>
  createLocalTransport({
    execute: async ({ query, variables }) => {
      if (silent.has(name)) throw new TransportError("unreachable", "silent");
      return (await subgraph.ask(
        { query, variables },
        readAttributes(() => undefined),
      )) as SubgraphResponse;
    },
  });

beforeAll(async () => {
  const opened = Object.entries(definitions).map(async ([name, one]) => [name, await openDepartment(one)]);
  departments = Object.fromEntries(await Promise.all(opened)) as typeof departments;
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "hub-statistics-"));
  joint = await openJoint(database.url, { keysFolder: folder });
  const subgraphs: Record<string, Pick<OpenSubgraph, "ask">> = { joint };
  for (const [name, one] of Object.entries(departments)) subgraphs[name] = one.subgraph;
  engine = createEngine({
    supergraphSdl: compose(readSubgraphSdl()).supergraphSdl,
    transports: (name) => transportTo(name, subgraphs[name]!),
  });
  await recordBenchmarkTown();
  await recordTrafficCity();
});
afterAll(async () => {
  await joint.close();
  await database.drop();
  for (const one of Object.values(departments)) await one.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => silent.clear());

interface Told {
  readonly figures: readonly Fact[];
  readonly missing: readonly Fact[];
}

async function ask(scheme: string, asOf: string, knownAt: string | null = null) {
  const query = `query ($scheme: ID!, $asOf: LocalDate, $knownAt: DateTime) {
    statistics(scheme: $scheme, asOf: $asOf, knownAt: $knownAt) {
      figures { name base value unit target met
        of { industry sector kind level aboveDesignatedSize keyIndustries } }
      missing { department figures } } }`;
  const answer = await engine.execute(
    { query, variables: { scheme, asOf, knownAt } },
    { requestId: "r", deadlineAt: performance.now() + 10_000, attributes: {} },
  );
  return JSON.parse(answer.json) as {
    readonly data: { readonly statistics: Told } | null;
    readonly errors?: readonly Fact[];
  };
}

/** The figures as `name group part-of-text`, e.g. `attainedShare {"industry":"MINING"}`: [base, value, target, met]. */
async function tell(scheme: string, asOf: string, knownAt: string | null = null) {
  const { data, errors } = await ask(scheme, asOf, knownAt);
  expect(errors).toBeUndefined();
  const { figures, missing } = data!.statistics;
  expect(missing).toEqual([]);
  return byName(figures);
}

function byName(figures: readonly Fact[]): ReadonlyMap<string, readonly unknown[]> {
  return new Map(
    figures.map(({ name, of, base, value, target, met }) => {
      const given = Object.entries((of ?? {}) as Fact).filter(([, one]) => one !== null);
      const group = given.map(([field, one]) => `${field}=${String(one)}`).join();
      return [
        `${String(name)} ${group}`.trim(),
        target === null ? [base, value] : [base, value, target, met],
      ];
    }),
  );
}

test("attainment is told by industry and for the key industries together, and its targets are met by the exact ratio", async () => {
  const figures = await tell("spt-benchmark", "2021-12-31");
  expect(figures.get("attainedShare industry=MINING")).toEqual([20, "95.0", "95", true]);
  expect(figures.get("attainedShare industry=CONSTRUCTION")).toEqual([200, "94.5", "95", false]);
  expect(figures.get("attainedShare industry=TOURISM")).toEqual([4, "75.0", "95", false]);
  expect(figures.get("attainedShare keyIndustries=true")).toEqual([220, "94.5", "90", true]);
  expect(figures.get("attainedShare level=2")).toEqual([224, "84.4"]);
  const before = await tell("spt-benchmark", "2021-12-30");
  expect(before.get("attainedShare industry=MINING")).toEqual([20, "100.0", "95", true]);
  const earlier = await tell("spt-benchmark", "2020-12-31");
  expect(earlier.get("attainedShare industry=MINING")).toEqual([20, "100.0"]);
  expect(earlier.get("attainedShare keyIndustries=true")).toEqual([220, "95.0", "80", true]);
});

test("the started share has the target of its year, and a start counts from its day on", async () => {
  const figures = await tell("spt-benchmark", "2019-12-31");
  expect(figures.get("startedShare industry=MINING")).toEqual([20, "95.0", "60", true]);
  expect(figures.get("startedShare industry=CONSTRUCTION")).toEqual([200, "0.0", "60", false]);
  const before = await tell("spt-benchmark", "2019-12-30");
  expect(before.get("startedShare industry=MINING")).toEqual([20, "0.0", "60", false]);
});

test("quotas are rounded up: half of those attained before 2019, a fifth of those attained now", async () => {
  const figures = await tell("spt-benchmark", "2021-12-31");
  expect(figures.get("enforcementPlanMinimum")).toEqual([3, "2"]);
  expect(figures.get("lookBackMinimum")).toEqual([211, "43"]);
});

test("re-graded road transport and down-graded maintenance are told by sector and by kind", async () => {
  const figures = await tell("nb-smart-safety", "2016-12-31");
  expect(figures.get("regradedShare sector=ROAD_TRANSPORT")).toEqual([72, "16.7"]);
  expect(figures.get("downgradedShare sector=ROAD_TRANSPORT")).toEqual([72, "16.7"]);
  expect(figures.get("downgradedShare kind=LIFT")).toEqual([106, "28.3"]);
  expect(figures.get("downgradedShare kind=HOIST")).toEqual([9, "22.2"]);
});

test("a commitment that is published later counts as signed, not as publicised", async () => {
  const figures = await tell("nb-smart-safety", "2016-12-31");
  expect(figures.get("commitmentShare aboveDesignatedSize=true")).toEqual([50, "96.0"]);
  expect(figures.get("publicisedShare aboveDesignatedSize=true")).toEqual([50, "74.0"]);
});

test("listings of a month are added up over the departments that keep lists", async () => {
  expect((await tell("nb-smart-safety", "2016-12-31")).get("listingsConfirmedInMonth")).toEqual([2, "2"]);
  expect((await tell("nb-smart-safety", "2016-11-30")).get("listingsConfirmedInMonth")).toEqual([1, "1"]);
});

test("what had not been recorded by then is not counted", async () => {
  const figures = await tell("spt-benchmark", "2021-12-31", "2020-01-01T00:00:00.000Z");
  expect([...figures.keys()].filter((name) => name.includes("Share"))).toEqual([]);
});

test("a silent department's figures are missing and it is named; none of them is zero", async () => {
  silent.add("transport");
  const { data } = await ask("nb-smart-safety", "2016-12-31");
  const { figures, missing } = data!.statistics;
  const told = byName(figures);
  expect(told.get("downgradedShare kind=LIFT")).toEqual([106, "28.3"]);
  expect(told.has("regradedShare sector=ROAD_TRANSPORT")).toBe(false);
  expect(told.has("listingsConfirmedInMonth")).toBe(false);
  expect(missing).toEqual([
    {
      department: "TRANSPORT",
      figures: ["regradedShare", "downgradedShare", "listingsConfirmedInMonth", "measuresExecutedInMonth"],
    },
  ]);
  silent.add("safety");
  expect((await ask("spt-benchmark", "2021-12-31")).data!.statistics.figures).toEqual([]);
  const less = byName((await ask("nb-smart-safety", "2016-12-31")).data!.statistics.figures);
  expect([...less.keys()]).toEqual(["downgradedShare kind=HOIST", "downgradedShare kind=LIFT"]);
});

test("what is recorded after a count is in the next one, and a correction replaces what it corrects", async () => {
  const industry = "CIVIL_EXPLOSIVES";
  const count = async () =>
    (await tell("spt-benchmark", "2021-12-31")).get(`attainedShare industry=${industry}`);
  expect(await count()).toBeUndefined();
  const rows = population(2, registered({ industry }), certificate());
  await record(safety, rows);
  expect(await count()).toEqual([2, "100.0", "95", true]);
  const withdrawn = { ...rows.find(({ type }) => type === "StandardizationCertificate"), correction: true };
  const { pool } = departments.safety.subgraph;
  const [outcome] = await recordFacts(
    pool,
    { keeper: safety, rows: [{ ...withdrawn, withdrawnOn: "2021-06-30" }] },
    { mayMigrateHistory: true, isReplay: true },
  );
  expect(outcome).toMatchObject({ outcome: "corrected" });
  expect(await count()).toEqual([2, "50.0", "95", false]);
});

test("a scheme that nobody knows is refused", async () => {
  const { data, errors } = await ask("no-such-scheme", "2021-12-31");
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
});
