/** One thing that is due, and the order in which such things are told: by the day on which they are due. */
import type { Department, SchemeVersion } from "../assessment/assessment";

/** STEP: of a procedure under way. MONTHLY_REPORT: of listings to the next level. EXPIRY: of an entry, whose window of removal is
 * open. RENEWAL: of an entry. HANDING_IN: an enterprise's report for a period. EXECUTION: measures of an entry that nobody has
 * reported as carried out. DOUBLE_STEP: a step that two departments recorded. */
export const DUTY_KINDS = [
  "STEP",
  "MONTHLY_REPORT",
  "EXPIRY",
  "RENEWAL",
  "HANDING_IN",
  "EXECUTION",
  "DOUBLE_STEP",
] as const;
/** What kind of duty. */
export type DutyKind = (typeof DUTY_KINDS)[number];

/** A listing that a report carries: confirmed, or whatever the report is counted from, on the day `on`. */
export interface CarriedListing {
  readonly creditCode: string;
  readonly list: string;
  readonly on: string;
}

/** A measure of a scheme that a department carried out. */
export interface ExecutedMeasure {
  readonly creditCode: string;
  readonly measure: string;
  readonly list: string | null;
  readonly department: Department;
  readonly on: string;
}

/** One duty. Days are `YYYY-MM-DD`. */
export interface Duty {
  readonly kind: DutyKind;
  /** Whose duty it is to act, or to see that it is acted on: who keeps the record. */
  readonly department: Department;
  readonly scheme: SchemeVersion;
  /** The enterprise; null for a report that carries several. */
  readonly creditCode: string | null;
  readonly procedure: string | null;
  readonly list: string | null;
  readonly state: string | null;
  readonly step: string | null;
  readonly form: string | null;
  readonly by: readonly string[];
  readonly route: string | null;
  readonly opensOn: string | null;
  readonly dueOn: string | null;
  readonly expiresOn: string | null;
  readonly isProvisional: boolean;
  readonly carries: readonly CarriedListing[];
  /** What a report tells as carried out, beside the listings. */
  readonly executed: readonly ExecutedMeasure[];
  /** The measures, by their codes, that are to be carried out or reported. */
  readonly measures: readonly string[];
}

/** A duty of which nothing is known yet but whose it is; `kind` is a step's. */
export function blankDuty(
  scheme: SchemeVersion,
  { creditCode, department }: Pick<Duty, "creditCode" | "department">,
): Duty {
  return {
    kind: "STEP",
    department,
    scheme,
    creditCode,
    procedure: null,
    list: null,
    state: null,
    step: null,
    form: null,
    by: [],
    route: null,
    opensOn: null,
    dueOn: null,
    expiresOn: null,
    isProvisional: false,
    carries: [],
    executed: [],
    measures: [],
  };
}

const NEVER = "9999-12-31";
const SEPARATOR = "\u0001";

/** The place of a duty: texts in this order are in the order of the days, and no two duties have the same. */
export function placeOf({ dueOn, kind, scheme, creditCode, ...duty }: Duty): string {
  const { procedure, list, step, by, department } = duty;
  const report = kind === "HANDING_IN" ? step : "";
  const parts = [
    dueOn ?? NEVER,
    kind,
    scheme.id,
    report,
    creditCode,
    list,
    procedure,
    step,
    by.join(),
    department,
  ];
  return parts.map((part) => part ?? "").join(SEPARATOR);
}

/** A report for a period: all duties to hand it in stand together. */
export interface ReportPlace {
  readonly dueOn: string;
  readonly scheme: string;
  readonly report: string;
}

/** Where to go on among the duties to hand in a report, behind a place: behind a credit code, from the first, or not at all. */
export function goOnBehind(
  place: string | null,
  { dueOn, scheme, report }: ReportPlace,
): string | null | "OVER" {
  const beginning = [dueOn, "HANDING_IN", scheme, report, ""].join(SEPARATOR);
  if (place === null || place < beginning) return null;
  return place.startsWith(beginning) ? place.split(SEPARATOR)[4]! : "OVER";
}
