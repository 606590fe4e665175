/**
 * One input column turned sideways: its values fall into few classes, and all values of a class are met by the same rows.
 * A known value costs one search among the classes, whatever the number of rows.
 */
import type { CompiledCell } from "../feel/compile-cell";
import { codeUnknown, type Coding } from "../feel/coding";
import { holds, meets, type CodeRange, type ValueSet } from "../feel/value-set";
import type { Unknown, Value } from "../contract";

/** A set of rows: bit n stands for the row at position n. */
export type RowMask = bigint;

/** Values that the same rows accept. */
export interface ValueClass {
  readonly values: ValueSet;
  readonly rows: RowMask;
}

/** The classes of a column. Rows whose cell depends on other inputs are in every class. */
export interface ColumnIndex {
  readonly coding: Coding;
  readonly classes: readonly ValueClass[];
  /** Position of the class of a value; -1 when the value is not of the column's type or not allowed. */
  locate(value: Value): number;
  /** The distinct sets of rows that an unknown value could be met by. */
  choices(unknown: Unknown): readonly RowMask[];
}

/** Indexes the cells of one column; `domain` holds the values the column may have, null aside. */
export function indexColumn(
  coding: Coding,
  domain: readonly CodeRange[],
  cells: readonly CompiledCell[],
): ColumnIndex {
  const { starts, rowsAt } = sweep(domain, cells);
  const classes: ValueClass[] = [{ values: { ranges: [], hasNull: true }, rows: rowsMeetingNull(cells) }];
  const classOf = new Map<RowMask, number>();
  const classAt = starts.map((start, at) => {
    if (!holds(domain, start)) return -1;
    const range: CodeRange = [start, (starts[at + 1] ?? Infinity) - 1];
    return addToClass(classes, classOf, { range, rows: rowsAt[at]! });
  });
  const search = Float64Array.from(starts);
  let everyChoice: readonly RowMask[] | undefined;
  return {
    coding,
    classes,
    locate: (value) => {
      if (value === null) return 0;
      const code = coding.codeOf(value);
      return code === code ? classAt[lastNotAbove(search, code)]! : -1;
    },
    choices: (unknown) => {
      const { among, min, max } = unknown;
      const isUnbounded = among === undefined && min === undefined && max === undefined;
      if (isUnbounded) return (everyChoice ??= distinctRows(classes, codeUnknown(unknown, coding)));
      return distinctRows(classes, codeUnknown(unknown, coding));
    },
  };
}

// Goes up the scale once: a row is switched on where a range of its cell begins and off behind the range's end.
function sweep(domain: readonly CodeRange[], cells: readonly CompiledCell[]) {
  const switches = new Map<number, RowMask>([[-Infinity, 0n]]);
  const flip = (code: number, row: RowMask) => switches.set(code, (switches.get(code) ?? 0n) ^ row);
  for (const [low, high] of domain) [low, high + 1].forEach((code) => flip(code, 0n));
  let always = 0n;
  cells.forEach((cell, position) => {
    const row = 1n << BigInt(position);
    if (cell.kind !== "set") always |= row;
    else for (const [low, high] of cell.set.ranges) [low, high + 1].forEach((code) => flip(code, row));
  });
  const starts = [...switches.keys()].filter((code) => code < Infinity).sort((a, b) => a - b);
  let on = always;
  const rowsAt = starts.map((start) => (on ^= switches.get(start)!));
  return { starts, rowsAt };
}

function distinctRows(classes: readonly ValueClass[], possible: ValueSet): RowMask[] {
  return [...new Set(classes.filter((one) => meets(one.values, possible)).map((one) => one.rows))];
}

function rowsMeetingNull(cells: readonly CompiledCell[]): RowMask {
  return cells.reduce(
    (rows, cell, position) =>
      cell.kind !== "set" || cell.set.hasNull ? rows | (1n << BigInt(position)) : rows,
    0n,
  );
}

// Values apart on the scale but met by the same rows are one class; null keeps a class of its own.
function addToClass(
  classes: ValueClass[],
  classOf: Map<RowMask, number>,
  { range, rows }: { readonly range: CodeRange; readonly rows: RowMask },
): number {
  const known = classOf.get(rows);
  if (known !== undefined) {
    const ranges = classes[known]!.values.ranges as CodeRange[];
    ranges.push(range);
    return known;
  }
  classOf.set(rows, classes.length);
  return classes.push({ values: { ranges: [range], hasNull: false }, rows }) - 1;
}

function lastNotAbove(starts: Float64Array, code: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}
