/**
 * One way in which the silent departments could have answered. With every department heard there is one world; each table
 * whose answer depends on what is not known splits a world into one for each answer. What is the same in all is certain.
 */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../schema/fact-catalogue";
import type { DepartmentEvidence, Evidence, EvidenceFact } from "../evidence/evidence";
import type { WorkingDaySpan } from "../policy/calendar/working-days";
import type { Input, Unknown, Value } from "../policy/contract";
import { liesAfter } from "../policy/pack/fact-fields";
import type { Program } from "../policy/pack/program";
import type { Entry, Grounds, NodeResult, Step } from "./results";

/** Facts of one enterprise on one day, by type; departments as bits of `silent`. */
export interface Context {
  readonly asOf: string;
  readonly silent: number;
  readonly factsByType: ReadonlyMap<string, readonly EvidenceFact[]>;
}

/** Values by slot; `taints` are the silent departments on which each value depends; results by position of the node. */
export interface World {
  readonly values: Input[];
  readonly taints: number[];
  readonly results: (NodeResult | undefined)[];
  /** Grounds by list, once they have been asked for. */
  readonly grounds: Map<string, Grounds>;
}

/** One application of a program. What does not differ between worlds is read once and kept. */
export interface Run {
  readonly program: Program;
  readonly context: Context;
  /** How many worlds it has split into. */
  worlds: number;
  readonly entries: Map<string, readonly Entry[]>;
  readonly steps: Map<string, readonly Step[]>;
  readonly windows: Map<string, WorkingDaySpan>;
}

/** A run that has read nothing yet. */
export function startRun(program: Program, context: Context): Run {
  return { program, context, worlds: 1, entries: new Map(), steps: new Map(), windows: new Map() };
}

const BITS: Readonly<Record<string, number>> = Object.fromEntries(
  FACT_DEPARTMENTS.map((department, index) => [department, 1 << index]),
);

/** The departments as bits. */
export function bitsOf(departments: readonly FactDepartment[]): number {
  let bits = 0;
  for (const department of departments) bits |= BITS[department]!;
  return bits;
}

/** The departments of these bits, in their order. */
export function departmentsOf(bits: number): FactDepartment[] {
  return FACT_DEPARTMENTS.filter((department) => (bits & BITS[department]!) !== 0);
}

/** Sorts the known facts by type; facts that happen after the day do not count. */
export function readContext(evidence: Evidence, asOf: string): Context {
  const factsByType = new Map<string, EvidenceFact[]>();
  let silent = 0;
  for (const department of FACT_DEPARTMENTS) {
    const told: DepartmentEvidence = evidence[department];
    if (told.status === "UNKNOWN") {
      silent |= BITS[department]!;
      continue;
    }
    for (const fact of told.facts) {
      if (liesAfter(fact, asOf)) continue;
      const alike = factsByType.get(fact.type);
      if (alike) alike.push(fact);
      else factsByType.set(fact.type, [fact]);
    }
  }
  return { asOf, silent, factsByType };
}

/** Whether a value is not known. */
export function isUnknown(input: Input): input is Unknown {
  return typeof input === "object" && input !== null;
}

/** The value, or null for one that is not known. */
export function knownOrNull(input: Input | undefined): Value {
  return input === undefined || isUnknown(input) ? null : input;
}

/** A world that goes its own way from here. */
export function copyWorld({ values, taints, results, grounds }: World): World {
  return { values: [...values], taints: [...taints], results: [...results], grounds: new Map(grounds) };
}
