/** An indicator, compiled: which facts count on a day, which do not and why, and what they come to. */
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { NotCounted, Text } from "../../assessment/assessment";
import type { EvidenceFact } from "../../evidence/evidence";
import type { ColumnType, Input } from "../contract";

/** Why a fact does not count; IRRELEVANT facts are not even shown (another kind of matter, or withdrawn). */
export type Verdict = "COUNTED" | "IRRELEVANT" | NotCounted;

/** What the known facts of an indicator come to. */
export interface IndicatorResult {
  readonly value: Input;
  /** The facts that the value rests on. */
  readonly counted: readonly EvidenceFact[];
  readonly uncounted: readonly { readonly fact: EvidenceFact; readonly whyNot: NotCounted }[];
}

/** A compiled indicator. Pure: everything depends on the facts and the day alone. */
export interface Indicator {
  readonly name: string;
  readonly label: Text;
  readonly legalBasis: string;
  readonly factType: string;
  /** The field that is aggregated; null for those that only count facts. */
  readonly field: string | null;
  readonly departments: readonly FactDepartment[];
  readonly type: ColumnType;
  /** Facts of this type, from any department; `someSilent` when one of `departments` did not answer. */
  evaluate(facts: readonly EvidenceFact[], asOf: string, someSilent: boolean): IndicatorResult;
  /** The day by which a fact is placed in time for this indicator. */
  dayOf(fact: EvidenceFact): string | null;
  /** The first day on which a fact can count; null when nothing says when. */
  countsFrom(fact: EvidenceFact): string | null;
  /** Days after which the verdict on a fact may differ by the mere passing of time. */
  turningDays(fact: EvidenceFact): readonly string[];
}
