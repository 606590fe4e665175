/** From the cases of the departments to a page of duties in the order of their days. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import { parseEvidence } from "../evidence/parse-evidence";
import { plusMonths } from "../policy/calendar/dates";
import type { Pack } from "../policy/pack/pack";
import { blankDuty, type CarriedListing, type Duty, type ExecutedMeasure, placeOf } from "./duty";
import { type EnterpriseDuties, judgeDuties } from "./judge-duties";
import { type AskedDuties, type ReportPeriod, reportPeriods } from "./question";
import type { ToldCases } from "./read-cases";

/** A duty with its place, behind which a later page goes on. */
export interface PlacedDuty {
  readonly place: string;
  readonly duty: Duty;
}

/** A department that could not be asked. */
export interface MissingDuties {
  readonly department: FactDepartment;
  /** Whether it may have cases that nobody knows of; false where it only lent nothing about the others' cases. */
  readonly hasUntoldCases: boolean;
  /** In how many procedures and entries of the others it hangs on it what is due. */
  readonly procedures: number;
}

/** A page of duties. */
export interface DutyPage {
  readonly duties: readonly PlacedDuty[];
  readonly hasMore: boolean;
  readonly missing: readonly MissingDuties[];
  readonly isProvisional: boolean;
}

interface ListScope {
  readonly asked: AskedDuties;
  readonly packs: readonly Pack[];
  readonly asOf: string;
}

/** Makes a page. Duties of enterprises are judged all, reports to hand in are those that the departments told for this page. */
export function listDuties(cases: ToldCases, { asked, packs, asOf }: ListScope): DutyPage {
  const judged = cases.enterprises.map((lent) =>
    judgeDuties({ creditCode: lent.creditCode, evidence: parseEvidence(lent) }, packs, asOf),
  );
  const own = mergeReports(judged);
  const owed = reportPeriods(packs, asOf).flatMap((period) => owedReports(period, cases));
  const { department, first, after } = asked;
  const placed = [...own, ...owed]
    .filter((duty) => department === null || duty.department === department)
    .map((duty) => ({ place: placeOf(duty), duty }))
    .filter(({ place }) => after === null || place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const duties = placed.slice(0, first);
  return {
    duties,
    hasMore: placed.length > first,
    missing: missingFrom(
      cases,
      judged.flatMap(({ hangsOn }) => hangsOn),
    ),
    isProvisional: duties.some(({ duty }) => duty.isProvisional),
  };
}

function missingFrom({ silent }: ToldCases, hangsOn: readonly FactDepartment[]): readonly MissingDuties[] {
  const departments = [...new Set<FactDepartment>([...silent, ...hangsOn])];
  return departments.map((department) => ({
    department,
    hasUntoldCases: silent.some((one) => one === department),
    procedures: hangsOn.filter((one) => one === department).length,
  }));
}

// One report goes to the next level, whatever the number of listings in it. It tells what was carried out in its month as well.
function mergeReports(judged: readonly EnterpriseDuties[]): readonly Duty[] {
  const duties = judged.flatMap((one) => one.duties);
  const reports = Map.groupBy(
    duties.filter(({ kind }) => kind === "MONTHLY_REPORT"),
    ({ scheme, procedure, step, dueOn, department }) =>
      JSON.stringify([scheme.id, procedure, step, dueOn, department]),
  );
  const merged = [...reports.values()].map((group): Duty => {
    const carries = group.flatMap((one) => one.carries).sort(byDayAndCode);
    const lists = new Set(carries.map(({ list }) => list));
    const first = group[0]!;
    const list = lists.size === 1 ? first.list : null;
    return { ...first, creditCode: null, list, carries, executed: executedFor(first, judged) };
  });
  return [...duties.filter(({ kind }) => kind !== "MONTHLY_REPORT"), ...merged];
}

function executedFor(
  { scheme, dueOn }: Duty,
  judged: readonly EnterpriseDuties[],
): readonly ExecutedMeasure[] {
  const month = dueOn === null ? null : plusMonths(dueOn, -1).slice(0, 7);
  const told = judged.flatMap(({ executed }) => executed.get(scheme.id) ?? []);
  return told.filter(({ on }) => month !== null && on.startsWith(month)).sort(byDayAndMeasure);
}

function byDayAndMeasure(one: ExecutedMeasure, other: ExecutedMeasure): number {
  const [a, b] = [one, other].map(({ on, creditCode, measure }) => `${on} ${creditCode} ${measure}`);
  return a! < b! ? -1 : 1;
}

function byDayAndCode(one: CarriedListing, other: CarriedListing): number {
  const [a, b] = [one, other].map(({ on, creditCode, list }) => `${on} ${creditCode} ${list}`);
  return a! < b! ? -1 : 1;
}

function owedReports(
  { pack, spec, key, dueOn }: ReportPeriod,
  { missingReports }: ToldCases,
): readonly Duty[] {
  return (missingReports.get(key) ?? []).map((creditCode) => ({
    ...blankDuty(pack.scheme, { creditCode, department: "SAFETY" }),
    kind: "HANDING_IN",
    step: spec.name,
    form: spec.form ?? null,
    by: spec.by,
    dueOn,
  }));
}
