/** What the nodes of a program come to: the shapes that worlds keep. */
import type { EvidenceFact } from "../evidence/evidence";
import type { Row, TableResult } from "../policy/contract";
import type { IndicatorResult } from "../policy/pack/indicator";
import type { TableNode } from "../policy/pack/program";
import type { StateSpec } from "../policy/pack/scheme-file";
import type { Department, Listing, ProcedureState } from "./assessment";

/** What a node came to in a world. */
export type NodeResult =
  | { readonly kind: "indicator"; readonly result: IndicatorResult }
  /** `row` decides in this world; null when no row does. */
  | { readonly kind: "row"; readonly row: Row | null }
  /** Rows that may be several, or could not be told apart. */
  | { readonly kind: "rows"; readonly result: TableResult }
  /** The slots that the value was taken from. */
  | { readonly kind: "taken"; readonly from: readonly number[] }
  | { readonly kind: "list"; readonly result: ListResult }
  | { readonly kind: "procedure"; readonly result: ProcedureResult };

/** A row with the table it stands in. */
export interface DecidingRow {
  readonly node: TableNode;
  readonly row: Row;
}

/** From when to when a fact brings what it brings; `day` is when the matter happened. */
export interface FactSpan {
  readonly day: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

/** Facts with their spans. */
export type FactSpans = ReadonlyMap<EvidenceFact, FactSpan>;

/** A recorded act on the way of a procedure. */
export interface Step {
  readonly fact: EvidenceFact;
  readonly procedure: string;
  readonly step: string;
  readonly on: string;
  readonly by: string | null;
  readonly outcome: string | null;
}

/** How an entry stands on the day. BLOCKED: published without the steps that it needs. */
export type EntryState = "IN_FORCE" | "PAST_TERM" | "LAPSED" | "ENDED" | "BLOCKED";

/** A recorded entry with its term. */
export interface Entry {
  readonly fact: EvidenceFact;
  readonly state: EntryState;
  readonly publishedOn: string;
  /** The anniversary on which the term ends, or the day on which the entry ended; null without either. */
  readonly until: string | null;
  /** The day on which the term has run, whether or not the entry ended before; null without a term. */
  readonly anniversary: string | null;
}

/** What a list came to. `inForce` is undefined when a silent department could have put the enterprise on it. */
export interface ListResult {
  readonly inForce: boolean | undefined;
  readonly listings: readonly Listing[];
  readonly taint: number;
  readonly facts: FactSpans;
  readonly rows: readonly DecidingRow[];
}

/** What a procedure came to. */
export interface ProcedureResult {
  /** The state's rule; null when it hangs on a silent department, or no state holds. */
  readonly rule: StateSpec | null;
  readonly state: string | null;
  readonly uncertain: boolean;
  /** What is shown of it; null for a state that is not shown. */
  readonly shown: ProcedureState | null;
  /** Whether a ground is open that the procedure has not dealt with. */
  readonly ground: boolean | undefined;
  /** The latest day on which something happened in it: shown first is what moved last. */
  readonly activity: string;
  readonly provisional: boolean;
  readonly day: string | null;
  readonly department: Department;
  readonly taint: number;
  readonly facts: FactSpans;
}

/** A ground that certainly holds. `day` is the latest day of its facts; empty when it rests on no dated fact. */
export interface Ground extends DecidingRow {
  readonly facts: FactSpans;
  readonly rows: readonly DecidingRow[];
  readonly day: string;
  /** The first day on which all its facts counted; null when none of them says. */
  readonly since: string | null;
}

/** What is known of the grounds for one list. */
export interface Grounds {
  readonly certain: readonly Ground[];
  /** Whether further grounds could hold, and which silent departments that hangs on. */
  readonly possible: boolean;
  readonly taint: number;
}
