/** What a case counts of its population is what the departments' databases count of the same facts. */
import fc from "fast-check";
import { countPopulation } from "../../../../gateway/cli/cases/count-population";
import { factsKnownAt } from "../../../../gateway/cli/cases/case-evidence";
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { checkCharacter } from "../../../../schema/credit-code";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { Row } from "../../../../subgraphs/joint/statistics/read-sheets";
import { recordFacts } from "../../../../subgraphs/shared/record-facts";
import { departments, openDepartment, type TestDepartment } from "../../departments";

const COUNTING = ["SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX"] as const;
const SCHEME = "nb-smart-safety";

const day = fc.constantFrom("2019-01-01", "2019-06-30", "2020-02-29", "2020-12-31", "2021-03-01");
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const common = {
  validFrom: maybe(day),
  occurredOn: maybe(day),
  validUntil: maybe(fc.constantFrom("2021-06-01", "2022-01-01")),
  status: fc.constantFrom("ACTIVE", "ACTIVE", "ACTIVE", "DISPUTED", "WITHDRAWN"),
};
const of = (type: string, department: FactDepartment, own: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ type: fc.constant(type), department: fc.constant(department), ...common, ...own });
const grade = fc.constantFrom("A", "B", "C", "D");
const gradeOf = (department: FactDepartment) =>
  of("GradeDetermination", department, { grade, scheme: fc.constantFrom(SCHEME, SCHEME, "another") });
const stepOf = (department: FactDepartment) =>
  of("ProcedureStep", department, {
    procedure: fc.constantFrom("LISTING", "REMOVAL"),
    step: fc.constantFrom("CONFIRMED", "NOTICE_SERVED"),
    list: fc.constant("BLACKLIST"),
    on: day,
  });

const fact = fc.oneof(
  of("EnterpriseRegistration", "SAFETY", {
    name: fc.constant("示例企业"),
    industry: maybe(fc.constantFrom("MINING", "POWER")),
    sector: maybe(fc.constantFrom("INDUSTRY", "CONSTRUCTION")),
    aboveDesignatedSize: maybe(fc.boolean()),
  }),
  of("StandardizationCertificate", "SAFETY", {
    level: fc.integer({ min: 1, max: 3 }),
    withdrawnOn: maybe(day),
  }),
  of("SafetyCommitment", "SAFETY", { signedOn: maybe(day), publishedOn: maybe(day) }),
  of("ProgrammeEnrolment", "SAFETY", { scheme: fc.constantFrom(SCHEME, "another"), startedOn: day }),
  of("HonestyReport", "SAFETY", { year: fc.constantFrom(2019, 2020), reportedOn: maybe(day) }),
  of("MaintenanceAssessment", "CONSTRUCTION", { kind: fc.constantFrom("LIFT", "HOIST"), grade }),
  ...COUNTING.flatMap((department) => [gradeOf(department), stepOf(department)]),
);

let serial = 0;
const next = (): string => {
  const body = `91330206CTPN${String(serial++).padStart(5, "0")}`;
  return body + checkCharacter(body);
};

// A registration is there, and holds, whatever else: a case's enterprises are all registered.
const population = fc.array(fc.array(fact, { maxLength: 8 }), { minLength: 150, maxLength: 150 });
const registered: CaseFact = { type: "EnterpriseRegistration", department: "SAFETY", name: "示例企业" };

function complete(facts: readonly object[]): CaseFact[] {
  const creditCode = next();
  return [registered, ...facts].map((one, nth) => {
    const given = Object.entries(one).filter(([, value]) => value !== undefined);
    const fact = Object.fromEntries(given) as CaseFact;
    const isOrdered = !(String(fact["validFrom"] ?? "") >= String(fact["validUntil"] ?? "~"));
    const kept = Object.entries(fact).filter(([name]) => isOrdered || name !== "validUntil");
    return {
      ...Object.fromEntries(kept),
      type: fact.type,
      creditCode,
      documentNumber: `${creditCode}/${nth}`,
    };
  });
}

/** Counts by group, without the groups and counts of nobody. */
function summarize(rows: readonly Row[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { of: group, counts } of rows) {
    const key = JSON.stringify(Object.entries(group).sort());
    for (const [name, value] of Object.entries(counts))
      if (value > 0) sums[`${key} ${name}`] = (sums[`${key} ${name}`] ?? 0) + value;
  }
  return Object.fromEntries(Object.entries(sums).sort(([one], [other]) => (one < other ? -1 : 1)));
}

let opened: ReadonlyMap<FactDepartment, TestDepartment>;
let enterprises: CaseFact[][];

beforeAll(async () => {
  const counting = departments.filter(({ department }) =>
    (COUNTING as readonly string[]).includes(department),
  );
  opened = new Map(
    await Promise.all(counting.map(async (one) => [one.department, await openDepartment(one)] as const)),
  );
  enterprises = fc.sample(population, { seed: 7, numRuns: 1 })[0]!.map(complete);
  for (const keeper of counting) {
    const rows = enterprises.flat().filter((one) => one["department"] === keeper.department);
    const options = { mayMigrateHistory: true, isReplay: true };
    const outcomes = await recordFacts(
      opened.get(keeper.department)!.subgraph.pool,
      { keeper, rows },
      options,
    );
    expect(outcomes.filter(({ outcome }) => outcome !== "recorded")).toEqual([]);
  }
});
afterAll(async () => {
  for (const one of opened.values()) await one.close();
});

test.each(["2019-06-30", "2020-12-31", "2021-06-01", "2026-01-01"])(
  "a case's population on %s is counted as the databases count it",
  async (asOf) => {
    const groups = enterprises.map((facts) => ({ enterprises: 1, facts: factsKnownAt(facts, undefined) }));
    const counted = countPopulation(groups, { scheme: SCHEME, asOf });
    for (const department of COUNTING) {
      const field = `${department.toLowerCase()}Tallies`;
      const { data, errors } = await opened
        .get(department)!
        .ask(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Statistics { ${field} { rows { of counts } } } } }`,
          { of: [{ __typename: "Statistics", scheme: SCHEME, asOf, knownAt: null }] },
        );
      expect(errors).toBeUndefined();
      const [{ [field]: sheet }] = data!["_entities"] as [Record<string, { readonly rows: readonly Row[] }>];
      expect([department, summarize(counted.get(department)!)]).toEqual([department, summarize(sheet!.rows)]);
    }
  },
);
