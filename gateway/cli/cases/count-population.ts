/**
 * Counts a case's population as the departments' databases count theirs (`subgraphs/<department>/tallies.ts`), so that one
 * piece of code makes figures of both. An enterprise of a population is registered, also where the case does not say how.
 */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import type { EvidenceFact } from "../../../subgraphs/joint/evidence/evidence";
import { occurrenceDay } from "../../../subgraphs/joint/policy/pack/fact-fields";
import type { Row } from "../../../subgraphs/joint/statistics/read-sheets";

/** So many enterprises, each with these facts. */
export interface CountedGroup {
  readonly enterprises: number;
  readonly facts: readonly EvidenceFact[];
}

/** What is counted: under which scheme, and as of which day. */
export interface CountQuestion {
  readonly scheme: string;
  readonly asOf: string;
}

/** The rows that each department would lend. */
export function countPopulation(
  groups: readonly CountedGroup[],
  question: CountQuestion,
): ReadonlyMap<FactDepartment, readonly Row[]> {
  const rowsOf = (department: FactDepartment) =>
    groups.flatMap(({ enterprises, facts }) =>
      countOne(facts, department, question).map(({ of, counts }) => ({
        of,
        counts: Object.fromEntries(Object.entries(counts).map(([name, one]) => [name, one * enterprises])),
      })),
    );
  return new Map(FACT_DEPARTMENTS.map((department) => [department, rowsOf(department)]));
}

function countOne(
  facts: readonly EvidenceFact[],
  department: FactDepartment,
  question: CountQuestion,
): readonly Row[] {
  const own = facts.filter((fact) => fact.department === department && fact.status !== "WITHDRAWN");
  const happened = own.filter(
    (fact) => isBy(occurrenceDay(fact) ?? "", question.asOf) && isBy(fact.validFrom ?? "", question.asOf),
  );
  const grades = countGrades(happened, question);
  return [
    ...(department === "SAFETY" ? countRegistered({ own, happened, grades }, question) : gradeRows(grades)),
    ...countAssessed(happened),
    { of: {}, counts: { listingsConfirmed: happened.filter((fact) => isListing(fact, question)).length } },
    ...countEntries({ own, happened }, question),
  ];
}

// Entries that stand, with the steps over their list since they were published: which steps end an entry, the scheme says.
function countEntries(
  { own, happened }: Pick<SafetyFacts, "own" | "happened">,
  { asOf }: CountQuestion,
): readonly Row[] {
  const steps = ofType(own, "ProcedureStep").map(({ values }) => values);
  const standing = ofType(happened, "ListEntry").filter(
    ({ values, validUntil }) =>
      isBy(values["publishedOn"], asOf) && !isBy(values["endedOn"], asOf) && !isBy(validUntil, asOf),
  );
  return standing.map(({ values: { list, publishedOn } }) => {
    const since = steps.filter(
      (step) => step["list"] === list && isBy(step["on"], asOf) && isBy(publishedOn, String(step["on"])),
    );
    const taken = [...new Set(since.map(({ step }) => String(step)))].sort().join(",");
    return {
      of: { list: String(list), publishedOn: String(publishedOn), steps: taken },
      counts: { entriesStanding: 1 },
    };
  });
}

const isBy = (day: unknown, asOf: string): boolean => typeof day === "string" && day <= asOf;
const ofType = (facts: readonly EvidenceFact[], type: string) => facts.filter((fact) => fact.type === type);
const beganOn = ({ validFrom, occurredOn }: EvidenceFact): string => validFrom ?? occurredOn ?? "";

// By the day from which it holds; of one day what was recorded later.
function latestOf(facts: readonly EvidenceFact[]): EvidenceFact | undefined {
  return facts
    .toSorted((one, other) =>
      beganOn(one) === beganOn(other) ? (one.id < other.id ? -1 : 1) : beganOn(one) < beganOn(other) ? -1 : 1,
    )
    .at(-1);
}

interface Grades {
  readonly grade: string | undefined;
  readonly regraded: boolean;
}

function countGrades(happened: readonly EvidenceFact[], { scheme }: CountQuestion): Grades {
  const graded = ofType(happened, "GradeDetermination").filter(({ values }) => values["scheme"] === scheme);
  const grades = new Set(graded.map(({ values }) => values["grade"]));
  return { grade: latestOf(graded)?.values["grade"] as string | undefined, regraded: grades.size > 1 };
}

function gradeRows({ grade, regraded }: Grades): readonly Row[] {
  return grade === undefined ? [] : [{ of: { grade }, counts: { graded: 1, regraded: Number(regraded) } }];
}

interface SafetyFacts {
  readonly own: readonly EvidenceFact[];
  readonly happened: readonly EvidenceFact[];
  readonly grades: Grades;
}

function countRegistered(
  { own, happened, grades }: SafetyFacts,
  { scheme, asOf }: CountQuestion,
): readonly Row[] {
  const holds = ({ validUntil }: EvidenceFact) => !isBy(validUntil, asOf);
  const registration = latestOf(ofType(happened, "EnterpriseRegistration").filter(holds));
  const { industry, sector, aboveDesignatedSize } = registration?.values ?? {};
  const certificates = ofType(happened, "StandardizationCertificate");
  const inForce = certificates.filter((fact) => holds(fact) && !isBy(fact.values["withdrawnOn"], asOf));
  const level = Math.min(...inForce.map(({ values }) => Number(values["level"])));
  const has = (type: string, isIt: (values: EvidenceFact["values"]) => boolean) =>
    Number(ofType(happened, type).some(({ values }) => isIt(values)));
  const commitments = ofType(own, "SafetyCommitment").map(({ values }) => values);
  const isPublicised = ({ publishedOn }: EvidenceFact["values"]) => isBy(publishedOn, asOf);
  const given = Object.entries({ industry, sector, aboveDesignatedSize });
  const group = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Row["of"];
  const graded = gradeRows(grades).map(({ of, counts }) => ({ of: { ...group, ...of }, counts }));
  const population: Row = {
    of: group,
    counts: {
      registered: 1,
      started: has("ProgrammeEnrolment", (values) => values["scheme"] === scheme),
      attained: Number(inForce.length > 0),
      ...Object.fromEntries([1, 2, 3].map((one) => [`attainedLevel${one}`, Number(level === one)])),
      committed: Number(commitments.some((one) => isPublicised(one) || isBy(one["signedOn"], asOf))),
      publicised: Number(commitments.some(isPublicised)),
      honestyReportsMissing: 1 - has("HonestyReport", ({ year }) => year === Number(asOf.slice(0, 4))),
    },
  };
  if (certificates.length === 0) return [population, ...graded];
  const firstAttainedOn = certificates
    .map(beganOn)
    .filter((day) => day !== "")
    .sort()[0];
  const counts = { everAttained: 1, certified: Number(inForce.length > 0) };
  return [population, ...graded, { of: firstAttainedOn === undefined ? {} : { firstAttainedOn }, counts }];
}

// A unit that maintains both lifts and hoists is assessed for each.
function countAssessed(happened: readonly EvidenceFact[]): readonly Row[] {
  const kinds = Map.groupBy(ofType(happened, "MaintenanceAssessment"), ({ values }) =>
    String(values["kind"]),
  );
  return [...kinds].map(([kind, facts]) => ({
    of: { kind, grade: String(latestOf(facts)!.values["grade"]) },
    counts: { assessed: 1 },
  }));
}

function isListing({ type, values }: EvidenceFact, { asOf }: CountQuestion): boolean {
  const isConfirmation = values["procedure"] === "LISTING" && values["step"] === "CONFIRMED";
  return type === "ProcedureStep" && isConfirmation && String(values["on"]).startsWith(asOf.slice(0, 7));
}
