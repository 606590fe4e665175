/** What counted facts come to: exists, count, sum and so on; and what of it stays certain when a department is silent. */
import type { EvidenceFact } from "../../evidence/evidence";
import { dayNumber } from "../calendar/dates";
import type { ColumnType, Input, Unknown, Value } from "../contract";
import type { TypedField } from "./fact-fields";
import { fitsWindow, type FactRule } from "./judge-fact";
import type { IndicatorSpec } from "./scheme-file";

/** An aggregate with the facts that its value rests on. */
export interface Aggregated {
  readonly value: Value;
  readonly facts: readonly EvidenceFact[];
}

/** A compiled aggregate. */
export interface Aggregate {
  readonly type: ColumnType;
  of(counted: readonly EvidenceFact[]): Aggregated;
  /** What is certain about the value when further facts may exist that were not told. */
  open(known: Value): Input;
}

interface AggregateScope {
  readonly field: TypedField | undefined;
  readonly rule: FactRule;
  readonly anniversaryCounts: boolean;
  readonly refuse: (message: string) => void;
}

const COUNT: ColumnType = { kind: "number", scale: 0 };
/** Stands for any value of a free text that the pack does not list: no row names it, `-` and `not(...)` meet it. */
export const UNLISTED = "*";
const FAR = Number.MAX_SAFE_INTEGER;
const AMONG_MAX = 16;

/** Compiles the aggregate of an indicator; undefined (and a fault) when field and aggregate do not fit. */
export function compileAggregate(spec: IndicatorSpec, scope: AggregateScope): Aggregate | undefined {
  const { field, refuse } = scope;
  if (spec.aggregate === "exists") return exists;
  if (spec.aggregate === "count") return counting((facts) => facts);
  if (spec.aggregate === "rollingCount") {
    if (spec.window) return counting((facts) => fullestWindow(facts, spec, scope));
    refuse("rollingCount needs a window");
    return undefined;
  }
  if (!field) {
    refuse(`${spec.aggregate} needs a field`);
    return undefined;
  }
  if (spec.aggregate === "latest") return latest(field, spec, scope.rule);
  if (field.type.kind !== "number") {
    refuse(`${spec.aggregate} needs a field that holds a number`);
    return undefined;
  }
  if (spec.aggregate === "sum") return summing(field, spec.negated ? -1 : 1);
  if (spec.aggregate === "longestRun" || spec.aggregate === "latestRun") {
    const ending = spec.aggregate === "latestRun";
    return counting((facts) => run(facts, field, ending));
  }
  return extreme(field, spec.aggregate);
}

const exists: Aggregate = {
  type: { kind: "boolean" },
  of: (facts) => ({ value: facts.length > 0, facts }),
  open: (known) => (known === true ? true : { unknown: true, among: [true, false] }),
};

function counting(select: (facts: readonly EvidenceFact[]) => readonly EvidenceFact[]): Aggregate {
  return {
    type: COUNT,
    of: (counted) => {
      const facts = select(counted);
      return { value: facts.length, facts };
    },
    open: (known) => ({ unknown: true, min: known as number, max: FAR }),
  };
}

// The latest of the windows that hold most facts: the one in which the ground was found.
function fullestWindow(facts: readonly EvidenceFact[], spec: IndicatorSpec, scope: AggregateScope) {
  const rule = { duration: spec.window!, anniversaryCounts: scope.anniversaryCounts };
  const dated = facts.flatMap((fact) => {
    const day = scope.rule.dayOf(fact);
    return day === null ? [] : [{ fact, day }];
  });
  dated.sort((a, b) => dayNumber(a.day) - dayNumber(b.day));
  let best: readonly { fact: EvidenceFact }[] = [];
  for (let first = 0, last = 0; first < dated.length; first++) {
    last = Math.max(last, first);
    while (last + 1 < dated.length && fitsWindow(dated[first]!.day, dated[last + 1]!.day, rule)) last++;
    if (last - first + 1 >= best.length) best = dated.slice(first, last + 1);
  }
  return best.map(({ fact }) => fact);
}

function run(facts: readonly EvidenceFact[], field: TypedField, ending: boolean): readonly EvidenceFact[] {
  const byYear = new Map(facts.map((fact) => [field.read(fact) as number, fact]));
  const years = [...byYear.keys()].filter((year) => year !== null).sort((a, b) => a - b);
  let best: number[] = [];
  let current: number[] = [];
  for (const year of years) {
    current = current.at(-1) === year - 1 ? [...current, year] : [year];
    if (current.length >= best.length) best = current;
  }
  return (ending ? current : best).map((year) => byYear.get(year)!);
}

function summing(field: TypedField, sign: 1 | -1): Aggregate {
  const rises = sign === 1 ? (field.min ?? -1) >= 0 : (field.max ?? 1) <= 0;
  const falls = sign === 1 ? (field.max ?? 1) <= 0 : (field.min ?? -1) >= 0;
  return {
    type: field.type,
    of: (facts) => ({
      value: facts.reduce((sum, fact) => sum + sign * ((field.read(fact) as number | null) ?? 0), 0),
      facts,
    }),
    open: (known) => ({
      unknown: true,
      min: rises ? (known as number) : -FAR,
      max: falls ? (known as number) : FAR,
    }),
  };
}

function extreme(field: TypedField, which: "min" | "max"): Aggregate {
  const better = (a: number, b: number) => (which === "min" ? a < b : a > b);
  return {
    type: field.type,
    of(facts) {
      let best: EvidenceFact | undefined;
      for (const fact of facts) {
        const value = field.read(fact) as number | null;
        if (value !== null && (!best || better(value, field.read(best) as number))) best = fact;
      }
      return best ? { value: field.read(best), facts: [best] } : { value: null, facts: [] };
    },
    open(known) {
      const min = which === "max" && known !== null ? (known as number) : field.min;
      const max = which === "min" && known !== null ? (known as number) : field.max;
      return { unknown: true, ...within(min, max, known === null) };
    },
  };
}

// Few values are named one by one, so that null can stand beside them; a range alone excludes null.
function within(min: number | undefined, max: number | undefined, orNone: boolean): Partial<Unknown> {
  if (min !== undefined && max !== undefined && max - min < AMONG_MAX) {
    const values: Value[] = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    return { among: orNone ? [...values, null] : values };
  }
  return orNone ? {} : { min: min ?? -FAR, max: max ?? FAR };
}

/** By the day that the pack names; else, of days, the latest is the last one; of anything else, what began last. */
function orderOf(
  field: TypedField,
  spec: IndicatorSpec,
  rule: FactRule,
): (fact: EvidenceFact) => string | null {
  if (spec.by) return rule.dayOf;
  if (field.type.kind === "date") return (fact) => field.read(fact) as string | null;
  return (fact) => fact.validFrom ?? rule.dayOf(fact) ?? endOfPeriod(fact);
}

function latest(field: TypedField, spec: IndicatorSpec, rule: FactRule): Aggregate {
  const order = orderOf(field, spec, rule);
  const listed = field.type.kind === "string" ? spec.among : undefined;
  const type: ColumnType = listed ? { kind: "string", allowed: [...listed, UNLISTED] } : field.type;
  const read = (fact: EvidenceFact): Value => {
    const value = field.read(fact);
    return value !== null && listed && !listed.includes(value as string) ? UNLISTED : value;
  };
  const among = amongOf(type);
  return {
    type,
    of(facts) {
      let last: EvidenceFact | undefined;
      for (const fact of facts) if (!last || isLater(fact, last, order)) last = fact;
      return last ? { value: read(last), facts: [last] } : { value: null, facts: [] };
    },
    open: () => (among ? { unknown: true, among: [...among, null] } : { unknown: true }),
  };
}

// What is determined once a year or half-year, without a day, is put in order by the last day of that time.
function endOfPeriod({ values: { year, half } }: EvidenceFact): string | null {
  return typeof year === "number" ? `${year}-${half === 1 ? "06-30" : "12-31"}` : null;
}

function amongOf(type: ColumnType): readonly Value[] | undefined {
  if (type.kind === "boolean") return [true, false];
  return type.kind === "string" ? type.allowed : undefined;
}

// On the same day the fact recorded later: ids are UUIDs of version 7, which grow with time.
function isLater(
  fact: EvidenceFact,
  than: EvidenceFact,
  order: (fact: EvidenceFact) => string | null,
): boolean {
  const day = order(fact) ?? "";
  const other = order(than) ?? "";
  return day > other || (day === other && fact.id > than.id);
}
