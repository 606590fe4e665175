/**
 * The shapes of an assessment and a decision, as the contract shows them (`schema/README.md`). Pure data: the graph, the
 * receipts, the command line and the tests all read these. Dates are `YYYY-MM-DD`.
 */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { Evidence } from "../evidence/evidence";

/** Who records or acts: a department, the joint conference, or a body outside the hub. */
export type Department = FactDepartment | "JOINT" | "OTHER";
/** What a decision may be asked for. */
export const PURPOSES = ["LOAN", "REBATE", "BID", "INSURANCE", "PROJECT_APPROVAL", "SUPERVISION"] as const;
/** What a decision is asked for. */
export type Purpose = (typeof PURPOSES)[number];
/** The verdict for a purpose; UNDETERMINED when a silent department could change it (cases.md, Outcome). */
export type Outcome = "FAVOURED" | "NORMAL" | "RESTRICTED" | "BARRED" | "UNDETERMINED";
/** Whether a list or a measure is against the enterprise or for it. */
export type Direction = "PUNISHMENT" | "INCENTIVE";
/** Why a fact or a row did not count. */
export type NotCounted =
  "DISPUTED" | "EXPIRED" | "OVERRIDDEN" | "NOT_YET_IN_FORCE" | "OUTSIDE_WINDOW" | "PROCEDURE_OPEN";

/** The same sentence in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** The version of a pack that was applied. `effectiveUntil` is the first day on which it no longer is; `sha256` that of its folder. */
export interface SchemeVersion {
  readonly id: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly effectiveUntil: string | null;
  readonly sha256: string;
  readonly historical: boolean;
}

/** An entry of a list, in force or proposed. `until` is the first day on which it is over. */
export interface Listing {
  readonly list: string;
  readonly direction: Direction;
  readonly level: "PROVINCE" | "CITY" | "COUNTY" | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly state: string;
  readonly department: Department;
}

/** What a department or a body outside (`body`) may or must do. `quantity` is in `unit`; null where the source leaves it open. */
export interface Measure {
  readonly code: string;
  readonly department: Department;
  readonly body: string | null;
  readonly direction: Direction;
  readonly purpose: Purpose | null;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly legalBasis: string;
}

/** Where a fact is found again. */
export interface FactReference {
  readonly department: Department;
  readonly type: string;
  readonly id: string;
  readonly documentNumber: string | null;
  readonly occurredOn: string | null;
}

/** A row of a table, what it says, and the article that it rests on. */
export interface RuleReference {
  readonly table: string;
  readonly row: string;
  readonly text: Text;
  readonly legalBasis: string;
}

/** One link of fact, rule and measure; `fact` null where a rule rests on no fact, `measure` null where it bears on every purpose. */
export interface Reason {
  readonly fact: FactReference | null;
  readonly rule: RuleReference;
  readonly measure: Measure | null;
  readonly counted: boolean;
  readonly whyNot: NotCounted | null;
}

/** A part of the score in points, and for how long it counts. */
export interface ScoreItem {
  readonly label: string;
  readonly points: number;
  readonly since: string | null;
  readonly until: string | null;
  readonly fact: FactReference | null;
  readonly rule: RuleReference;
}

/** A department that did not answer, and what its answer could change: purposes, measures, grade and so on. */
export interface MissingSource {
  readonly department: FactDepartment;
  readonly couldChange: readonly string[];
}

/** How far a procedure has come, when its next step is due, and who is responsible (`route`). */
export interface ProcedureState {
  readonly procedure: string;
  readonly list: string | null;
  readonly state: string;
  readonly dueOn: string | null;
  readonly windowOpens: string | null;
  readonly windowCloses: string | null;
  readonly route: string | null;
}

/** All that follows for one enterprise on one day under one pack. */
export interface Assessment {
  /** What was judged, and as of when: kept so that a decision can say when it would change by itself. */
  readonly evidence: Evidence;
  readonly asOf: string;
  readonly knownAt: string | null;
  readonly scheme: SchemeVersion;
  readonly score: number | null;
  readonly grade: string | null;
  readonly title: string | null;
  readonly lists: readonly Listing[];
  readonly proposedLists: readonly Listing[];
  readonly measures: readonly Measure[];
  readonly scoreItems: readonly ScoreItem[];
  readonly procedures: readonly ProcedureState[];
  readonly reasons: readonly Reason[];
  readonly missing: readonly MissingSource[];
  readonly undetermined: boolean;
  /** The outcome for each purpose: the one that every answer of the silent departments would lead to, or UNDETERMINED. */
  readonly outcomes: Readonly<Record<Purpose, Outcome>>;
  readonly warnings: readonly string[];
}

/** A decision before it is signed: the receipt adds its id and the time. */
export interface Decision {
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  readonly sentence: Text;
  readonly measures: readonly Measure[];
  readonly reasons: readonly Reason[];
  readonly missing: readonly MissingSource[];
  readonly reviewOn: string | null;
  readonly scheme: SchemeVersion;
  readonly warnings: readonly string[];
}
