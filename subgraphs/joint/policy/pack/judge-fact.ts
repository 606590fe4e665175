/** Whether a fact counts for an indicator on a day: department, filters, validity, its own end, the look-back window. */
import type { FactType } from "../../../../schema/fact-catalogue";
import type { EvidenceFact } from "../../evidence/evidence";
import { dayNumber, isDay, plusDays, plusMonths, plusYears } from "../calendar/dates";
import type { Value } from "../contract";
import { compileTest } from "../feel/compile-test";
import type { Names } from "../feel/resolve-cell";
import { beginOfPeriod, findField, happenedOn, type ReadField } from "./fact-fields";
import type { Verdict } from "./indicator";
import type { DurationSpec, IndicatorSpec } from "./scheme-file";

/** The rule by which facts count, compiled. */
export interface FactRule {
  judge(fact: EvidenceFact, asOf: string): Verdict;
  turningDays(fact: EvidenceFact): readonly string[];
  /** The first day on which a fact can count: it has happened, is valid, and its days have come. */
  countsFrom(fact: EvidenceFact): string | null;
  /** The day by which facts are placed in windows and put in order. */
  dayOf(fact: EvidenceFact): string | null;
}

/** What compiling needs to know of the pack. */
export interface RuleScope {
  readonly type: FactType;
  readonly names: Names;
  readonly anniversaryCounts: boolean;
  readonly refuse: (message: string) => void;
}

type Matches = (fact: EvidenceFact, asOf: string) => boolean;

/** Compiles the counting rule of an indicator; faults go to `refuse`. */
export function compileFactRule(spec: IndicatorSpec, scope: RuleScope): FactRule {
  const departments = new Set<string>(spec.departments ?? scope.type.departments);
  const filters = [...compileFilters(spec, scope), ...compileDayTests(spec, scope)];
  const ends = spec.endedBy.map((field) => dateField(field, scope));
  const dayOf: (fact: EvidenceFact) => string | null = spec.by
    ? (dateField(spec.by, scope) as (fact: EvidenceFact) => string | null)
    : happenedOn;
  const window = spec.aggregate === "rollingCount" ? undefined : spec.window;
  const windowEnd = (fact: EvidenceFact) => {
    const day = window && dayOf(fact);
    return day ? lastsUntil(day, window, scope.anniversaryCounts) : undefined;
  };
  const checksValidity = spec.validity === "IN_FORCE";
  return {
    dayOf,
    countsFrom: compileComing(spec, scope),
    judge(fact, asOf) {
      if (!departments.has(fact.department) || fact.status === "WITHDRAWN") return "IRRELEVANT";
      if (!filters.every((matches) => matches(fact, asOf))) return "IRRELEVANT";
      if (fact.status === "DISPUTED" && spec.disputed === "NOT_COUNTED") return "DISPUTED";
      if (checksValidity && fact.validFrom !== null && fact.validFrom > asOf) return "NOT_YET_IN_FORCE";
      if (checksValidity && fact.validUntil !== null && fact.validUntil <= asOf) return "EXPIRED";
      if (ends.some((end) => isPast(end(fact), asOf))) return "EXPIRED";
      const until = windowEnd(fact);
      return until !== undefined && until <= asOf ? "OUTSIDE_WINDOW" : "COUNTED";
    },
    turningDays(fact) {
      const days = [
        fact.validFrom,
        fact.validUntil,
        beginOfPeriod(fact),
        windowEnd(fact) ?? null,
        ...ends.map((end) => end(fact)),
      ];
      for (const { field, than } of spec.days) days.push(...dayTestDays(fact, [field, than], scope.type));
      return days.filter((day): day is string => typeof day === "string");
    },
  };
}

/**
 * The day on which a duration that starts on `day` has run; of months and years the same day, or the last one of a shorter
 * month; of a calendar year the first day of the next one.
 */
export function anniversaryOf(day: string, duration: DurationSpec): string {
  if ("calendarYears" in duration) return `${Number(day.slice(0, 4)) + duration.calendarYears}-01-01`;
  if ("months" in duration) return plusMonths(day, duration.months);
  return "years" in duration ? plusYears(day, duration.years) : plusDays(day, duration.days);
}

/** The first day that no longer belongs to a duration that starts on `day`. */
export function lastsUntil(day: string, duration: DurationSpec, anniversaryCounts: boolean): string {
  const anniversary = anniversaryOf(day, duration);
  return anniversaryCounts && !("calendarYears" in duration) ? plusDays(anniversary, 1) : anniversary;
}

/** Whether two days lie in one window of this length: the later one still belongs to what starts on the earlier one. */
export function fitsWindow(
  first: string,
  last: string,
  rule: { duration: DurationSpec; anniversaryCounts: boolean },
) {
  return dayNumber(last) < dayNumber(lastsUntil(first, rule.duration, rule.anniversaryCounts));
}

function isPast(day: Value, asOf: string): boolean {
  return typeof day === "string" && day <= asOf;
}

function compileFilters(spec: IndicatorSpec, { type, names, refuse }: RuleScope): Matches[] {
  return Object.entries(spec.where).map(([name, cell]): Matches => {
    const field = findField(type, name);
    if (!field) {
      refuse(`where: ${type.name} has no field '${name}'`);
      return () => false;
    }
    try {
      const test = compileTest(cell, field.type, names);
      return (fact) => test.matches(field.read(fact));
    } catch (error) {
      refuse(`where ${name}: ${faultText(error)}`);
      return () => false;
    }
  });
}

function compileDayTests(spec: IndicatorSpec, scope: RuleScope): Matches[] {
  return spec.days.map(({ field, is, than }): Matches => {
    const read = dateField(field, scope);
    const limit = limitOf(than, scope);
    return (fact, asOf) => {
      const day = read(fact) as string | null;
      const bound = limit(fact, asOf);
      if (is === "NOT_BY") return bound !== null && !(day !== null && day <= asOf && day <= bound);
      if (day === null || bound === null) return false;
      if (is === "BEFORE") return day < bound;
      return is === "BY" ? day <= bound : day > bound;
    };
  });
}

// What must lie before the day asked about counts from the day after it; what must have come by then, from its day on.
function compileComing(spec: IndicatorSpec, scope: RuleScope): (fact: EvidenceFact) => string | null {
  const awaited = spec.days
    .filter(({ is, than }) => than === "asOf" && (is === "BEFORE" || is === "BY"))
    .map(({ field, is }) => ({ read: dateField(field, scope), after: is === "BEFORE" ? 1 : 0 }));
  return (fact) => {
    const days = awaited.flatMap(({ read, after }) => {
      const day = read(fact) as string | null;
      return day === null ? [] : plusDays(day, after);
    });
    return [fact.validFrom ?? happenedOn(fact) ?? [], days].flat().sort().at(-1) ?? null;
  };
}

function limitOf(than: string, scope: RuleScope): (fact: EvidenceFact, asOf: string) => string | null {
  if (than === "asOf") return (_fact, asOf) => asOf;
  const named = scope.names.get(than)?.value;
  if (typeof named === "string" && isDay(named)) return () => named;
  return dateField(than, scope) as (fact: EvidenceFact) => string | null;
}

function dateField(name: string, { type, refuse }: RuleScope): ReadField {
  const field = findField(type, name);
  if (field?.type.kind === "date") return field.read;
  refuse(`${type.name} has no date field '${name}'`);
  return () => null;
}

// The day itself and the day after it: a test may include or exclude the day.
function dayTestDays(fact: EvidenceFact, fields: readonly string[], type: FactType): string[] {
  return fields.flatMap((name) => {
    const day = findField(type, name)?.read(fact);
    return typeof day === "string" ? [day, plusDays(day, 1)] : [];
  });
}

function faultText(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^: /, "") : String(error);
}
