/**
 * Whether two versions of a table say the same, proven. The values of a column fall into finitely many stretches in which
 * nothing changes; questions made of one value of each stretch stand for all others. Where cells compare inputs with one
 * another, a stretch gives as many values as there are inputs, so that every order in which they can stand is among them.
 */
import type { Value } from "../contract";
import { compileModel } from "../table/compile-table";
import type { ColumnIndex, RowMask } from "../table/column-index";
import type { TableModel } from "../table/table-model";
import { makeExample } from "./examples";

/** Questions beyond which nothing is proven. */
export const QUESTIONS_MAX = 200_000;

/** What came of asking: the versions say the SAME whatever is asked, or inputs on which they do not; else UNPROVEN. */
export type Proof = "SAME" | "UNPROVEN" | { readonly differOn: Inputs };

/** Asks both versions every question there is, unless these are too many. */
export function proveSame(before: TableModel, after: TableModel): Proof {
  const questions = questionsAbout(before, after);
  if (!questions) return "UNPROVEN";
  const tables = [compileModel(before), compileModel(after)];
  const differOn = questions.find((inputs) => {
    const [one, other] = tables.map((table) => JSON.stringify(makeExample(table, inputs).rows));
    return one !== other;
  });
  return differOn ? { differOn } : "SAME";
}

type Inputs = readonly Value[];

// One question for each pair of sets of rows that can be met together. Column by column, what leads to the same pair is one.
function questionsAbout(before: TableModel, after: TableModel): readonly Inputs[] | undefined {
  const comparing = [before, after].some(({ columns }) =>
    columns.some(({ cells }) => cells.some(({ kind }) => kind === "dependent")),
  );
  let open = new Map<string, Question>([["", { inputs: [], rows: [-1n, -1n] }]]);
  for (const [at, column] of before.columns.entries()) {
    const indexes = [column.index, after.columns[at]!.index] as const;
    const values = valuesOf(indexes, comparing ? before.columns.length : 1);
    const next = new Map<string, Question>();
    for (const question of open.values()) {
      for (const value of values) {
        const asked = ask(question, value, indexes);
        // Which rows an input meets that others are compared with, only the whole question tells.
        next.set(comparing ? JSON.stringify(asked.inputs) : asked.rows.join(), asked);
        if (next.size > QUESTIONS_MAX) return undefined;
      }
    }
    open = next;
  }
  return [...open.values()].map(({ inputs }) => inputs);
}

/** Inputs, and the rows of each version that they can still meet. */
interface Question {
  readonly inputs: Inputs;
  readonly rows: readonly [RowMask, RowMask];
}

type Indexes = readonly [ColumnIndex, ColumnIndex];

function ask({ inputs, rows }: Question, value: Value, [before, after]: Indexes): Question {
  return {
    inputs: [...inputs, value],
    rows: [rows[0] & rowsAt(before, value), rows[1] & rowsAt(after, value)],
  };
}

function rowsAt(index: ColumnIndex, value: Value): RowMask {
  return index.classes[index.locate(value)]?.rows ?? 0n;
}

function valuesOf(indexes: Indexes, each: number): readonly Value[] {
  const values = indexes.flatMap(({ classes, coding }) => {
    const ranges = classes.flatMap((one) => one.values.ranges);
    const starts = [...indexes.flatMap((other) => startsOf(other)), ...ranges.map(([low]) => low)];
    const inside = ranges.flatMap(([low, high]) =>
      [...new Set(starts)].flatMap((start) =>
        start >= low && start <= high ? firstOf(start, nextAfter(start, [...starts, high + 1]), each) : [],
      ),
    );
    return inside.map((code) => coding.valueOf(code));
  });
  return [...new Set<Value>([null, ...values])];
}

// Codes of texts are places in a dictionary of each version's own; of numbers and days they mean the same in both.
function startsOf({ classes }: ColumnIndex): readonly number[] {
  return classes.flatMap(({ values: { ranges } }) => ranges.flatMap(([low, high]) => [low, high + 1]));
}

function nextAfter(start: number, starts: readonly number[]): number {
  return Math.min(...starts.filter((other) => other > start));
}

/** Up to `each` codes of a stretch that begins with `start` and ends before `next`. */
function firstOf(start: number, next: number, each: number): readonly number[] {
  const from = Number.isFinite(start) ? start : Number.isFinite(next) ? next - each : 0;
  const count = Math.min(each, next - from);
  return Array.from({ length: count }, (_, nth) => from + nth);
}
