/**
 * How the values of one column become whole numbers: scaled numbers as they are, dates as day numbers, booleans as 0 and 1,
 * strings as positions in the column's dictionary. Sets, indexes and the static check work on these codes alone.
 */
import { dayFromNumber, dayNumberOrNaN } from "../calendar/dates";
import type { ColumnType, Unknown, Value } from "../contract";
import { unite, type CodeRange, type ValueSet } from "./value-set";

/** The codes of one column. */
export interface Coding {
  readonly type: ColumnType;
  /** All codes that a value can have. */
  readonly domain: CodeRange;
  /** The code of a value that is not null; NaN when the value is not of the column's type or not allowed. */
  codeOf(value: Value): number;
  /** A value with this code, to show where a gap lies. */
  valueOf(code: number): Value;
}

/** The coding of a column in whose cells these strings stand. */
export function codeColumn(type: ColumnType, mentioned: Iterable<string>): Coding {
  if (type.kind === "string") return codeStrings(type, mentioned);
  if (type.kind === "boolean") {
    return {
      type,
      domain: [0, 1],
      codeOf: (value) => (typeof value === "boolean" ? Number(value) : NaN),
      valueOf: (code) => code === 1,
    };
  }
  if (type.kind === "date") {
    return {
      type,
      domain: [-Infinity, Infinity],
      codeOf: (value) => (typeof value === "string" ? dayNumberOrNaN(value) : NaN),
      valueOf: (code) => dayFromNumber(code),
    };
  }
  return {
    type,
    domain: [-Infinity, Infinity],
    codeOf: (value) => (Number.isSafeInteger(value) ? (value as number) : NaN),
    valueOf: (code) => code,
  };
}

/**
 * The values an unknown input may have. A bound excludes null, no bound at all includes it; a bound that makes no sense is
 * no bound, because the only safe reading of a fault in it is that nothing is certain.
 */
export function codeUnknown(unknown: Unknown, coding: Coding): ValueSet {
  const anything: ValueSet = { ranges: [coding.domain], hasNull: true };
  const { among, min, max } = unknown;
  if (among) {
    const codes = among.filter((value) => value !== null).map((value) => coding.codeOf(value));
    if (among.length === 0 || codes.some(Number.isNaN)) return anything;
    return {
      ranges: unite(codes.map((code): CodeRange => [code, code])),
      hasNull: codes.length < among.length,
    };
  }
  if (coding.type.kind !== "number" || (min === undefined && max === undefined)) return anything;
  const range: CodeRange = [min ?? -Infinity, max ?? Infinity];
  return range[0] <= range[1] ? { ranges: [range], hasNull: false } : anything;
}

function codeStrings(type: ColumnType & { kind: "string" }, mentioned: Iterable<string>): Coding {
  const words = [...new Set(type.allowed ?? mentioned)];
  const codes = new Map(words.map((word, code) => [word, code]));
  // Without a list of allowed values any other string is possible, and no cell names it: one code for all of them.
  const other = type.allowed ? NaN : words.length;
  return {
    type,
    domain: [0, type.allowed ? words.length - 1 : words.length],
    codeOf: (value) => (typeof value === "string" ? (codes.get(value) ?? other) : NaN),
    valueOf: (code) => words[code] ?? "…",
  };
}
