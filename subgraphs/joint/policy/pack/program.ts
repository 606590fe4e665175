/**
 * A pack as a program: named slots for values, and the nodes that fill them in an order in which every node finds what it
 * reads. Data and closures only; `joint/assessment` runs it.
 */
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { WorkingDayCalendar } from "../calendar/working-days";
import type { CompiledTable, Input, Value } from "../contract";
import type { Names } from "../feel/resolve-cell";
import type { Indicator } from "./indicator";
import type { Period } from "./parameters";
import type { ListSpec, MeasureSpec, ProcedureSpec } from "./scheme-file";

/** The slot of the day asked about. */
export const AS_OF_SLOT = 0;
/** The slot of `asOfYear`, its calendar year. */
export const AS_OF_YEAR_SLOT = 1;

/** Facts become a value. */
export interface IndicatorNode {
  readonly kind: "indicator";
  readonly slot: number;
  readonly indicator: Indicator;
}

/** Whether the day asked about lies in one of the periods. */
export interface PeriodNode {
  readonly kind: "period";
  readonly slot: number;
  readonly periods: readonly Period[];
}

/** One value picks which others are read; of those the first that is not null. */
export interface PickNode {
  readonly kind: "pick";
  readonly slot: number;
  readonly by: number;
  readonly cases: ReadonlyMap<Value, readonly number[]>;
  readonly unrecorded: readonly number[];
  readonly otherwise: readonly number[];
}

/** The sum of values, kept between bounds (scaled). */
export interface SumNode {
  readonly kind: "sum";
  readonly slot: number;
  readonly of: readonly number[];
  readonly min: number | null;
  readonly max: number | null;
}

/** Whether a value is in a list parameter. */
export interface MembershipNode {
  readonly kind: "membership";
  readonly slot: number;
  readonly of: number;
  readonly members: ReadonlySet<Value>;
}

/** A decision table. VALUE fills slots, GROUNDS names lists, MEASURES names measures. */
export interface TableNode {
  readonly kind: "table";
  readonly role: "VALUE" | "GROUNDS" | "MEASURES";
  readonly table: CompiledTable;
  readonly inputs: readonly number[];
  /** The slots of the outputs, for VALUE. */
  readonly outputs: readonly number[];
  /** By row: the slots of the inputs that its cells test. */
  readonly tested: readonly (readonly number[])[];
  /** Whether several nodes read its outputs: only then do they have to agree on one answer. */
  readonly isShared: boolean;
  /** By name: at which place an output stands. */
  readonly outputAt: ReadonlyMap<string, number>;
}

/** A list: whether the enterprise is on it. */
export interface ListNode {
  readonly kind: "list";
  readonly code: string;
  /** The slot of `inForceAs`, or -1. */
  readonly slot: number;
}

/** A procedure over one list. */
export interface ProcedureNode {
  readonly kind: "procedure";
  readonly spec: ProcedureSpec;
  readonly list: string;
  /** The slot of `stateAs`, or -1. */
  readonly slot: number;
  readonly route: number | null;
  /** Slots of the values that states ask for, by name. */
  readonly values: ReadonlyMap<string, number>;
}

/** A list with what its parameters come to. */
export interface ListRule {
  readonly code: string;
  readonly spec: ListSpec;
  readonly departments: readonly FactDepartment[];
  readonly afterTerm: "LAPSED" | "SHOWN_FLAGGED";
  readonly removalReading: "WITHIN" | "AT_LEAST";
  /** The procedure whose steps an entry needs, if the pack has one. */
  readonly procedure: ProcedureSpec | null;
}

/** Who is responsible for a matter: a fixed unit, or what the value in a slot says. */
export type RouteRule =
  { readonly name: string; readonly unit: string } | { readonly name: string; readonly slot: number };

/** One step of a program. */
export type Node =
  IndicatorNode | PeriodNode | PickNode | SumNode | MembershipNode | TableNode | ListNode | ProcedureNode;

/** What runs. */
export interface Program {
  readonly nodes: readonly Node[];
  /** Constants in their slots; the rest null. */
  readonly initial: readonly Input[];
  readonly slotOf: ReadonlyMap<string, number>;
  /** Every name that cells of its tables may use, with its type, and its value if it is a parameter. */
  readonly names: Names;
  /** The positions of the tables of these roles. */
  readonly groundTables: readonly number[];
  readonly measureTables: readonly number[];
  /** The position of the node that fills a slot; -1 for constants. */
  readonly producers: readonly number[];
  /** Scale of the number in a slot; 0 for anything else. */
  readonly scales: readonly number[];
  readonly measures: ReadonlyMap<string, MeasureSpec>;
  readonly lists: ReadonlyMap<string, ListRule>;
  /** Who is responsible for what, beside any list. */
  readonly routes: readonly RouteRule[];
  /** Slots, -1 for a result that the pack does not have; `told`: values that only the reasons tell. */
  readonly results: {
    readonly score: number;
    readonly grade: number;
    readonly title: number;
    readonly told: readonly number[];
  };
  readonly anniversaryCounts: boolean;
  readonly calendar: WorkingDayCalendar;
  /** Days named in tables and parameters: candidates for a change by the mere passing of time. */
  readonly namedDays: readonly string[];
}
