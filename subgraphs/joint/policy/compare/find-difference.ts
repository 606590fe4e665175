/** Finds inputs on which a table and a changed version of it disagree. */
import type { CompiledTable, Value } from "../contract";
import type { ValueClass } from "../table/column-index";
import { compileModel } from "../table/compile-table";
import { positionsOf } from "../table/reach";
import type { TableModel } from "../table/table-model";
import { makeExample } from "./examples";

/** Inputs tried with each value of the changed column before two tables are taken to say the same. */
const TRIES_MAX = 500;

/** Which cell differs; `column` is the position of an input, or undefined for an output. */
export interface ChangedCell {
  readonly row: string;
  readonly column: number | undefined;
}

/** Inputs that tell the tables apart, undefined if none was found: the change makes no difference, or is very well hidden. */
export function findDifference(
  before: TableModel,
  after: TableModel,
  cell: ChangedCell,
): readonly Value[] | undefined {
  const tables: [CompiledTable, CompiledTable] = [compileModel(before), compileModel(after)];
  const differs = (inputs: readonly Value[]) => {
    const [left, right] = tables.map((table) => JSON.stringify(makeExample(table, inputs).rows));
    return left !== right;
  };
  // Either version of the row may be the one that decides.
  return search(before, { cell, other: after, differs }) ?? search(after, { cell, other: before, differs });
}

interface Goal {
  readonly cell: ChangedCell;
  readonly other: TableModel;
  readonly differs: (inputs: readonly Value[]) => boolean;
}

// Column by column, the changed one first, the values that the row accepts; of the others first those that few other rows accept,
// so that the row decides.
function search(model: TableModel, { cell, other, differs }: Goal): readonly Value[] | undefined {
  const columns = model.columns.map((_, at) => at);
  const order = columns.toSorted((a, b) => Number(b === cell.column) - Number(a === cell.column));
  const row = bitOf(model, cell);
  let tries = 0;
  const extend = (inputs: readonly Value[], depth: number, live: bigint): readonly Value[] | undefined => {
    const at = order[depth];
    if (at === undefined) return ++tries <= TRIES_MAX && differs(inputs) ? inputs : undefined;
    const accepted = model.columns[at]!.index.classes.filter(({ rows }) => (rows & row) !== 0n);
    const alone = (one: ValueClass) => positionsOf(live & one.rows).length;
    const isChanged = at === cell.column;
    const choices = isChanged
      ? partingFirst(accepted, { at, cell, model, other })
      : valuesOf(
          accepted.toSorted((a, b) => alone(a) - alone(b)),
          model.columns[at]!.index.coding,
          [],
        );
    for (const { value, rows } of choices) {
      if (isChanged) tries = 0;
      const found = extend(inputs.with(at, value), depth + 1, live & rows);
      if (found || (!isChanged && tries > TRIES_MAX)) return found;
    }
    return undefined;
  };
  return extend(
    columns.map(() => null),
    0,
    -1n,
  );
}

interface ChangedColumn {
  readonly at: number;
  readonly cell: ChangedCell;
  readonly model: TableModel;
  readonly other: TableModel;
}

// Values that only one version of the row accepts come first.
function partingFirst(classes: readonly ValueClass[], { at, cell, model, other }: ChangedColumn): Choice[] {
  const { index } = other.columns[at]!;
  const otherRow = bitOf(other, cell);
  const isShared = ({ value }: Choice) => {
    const found = index.locate(value);
    return Number(found >= 0 && (index.classes[found]!.rows & otherRow) !== 0n);
  };
  const choices = valuesOf(classes, model.columns[at]!.index.coding, index.classes);
  return choices.toSorted((a, b) => isShared(a) - isShared(b));
}

function bitOf(model: TableModel, { row }: ChangedCell): bigint {
  return 1n << BigInt(model.ordered.findIndex(({ id }) => id === row));
}

interface Choice {
  readonly value: Value;
  readonly rows: bigint;
}

// The ends of each class, and the ends of the other table's classes that lie in it: where the two may part.
function valuesOf(
  classes: readonly ValueClass[],
  coding: TableModel["columns"][number]["index"]["coding"],
  others: readonly ValueClass[],
): Choice[] {
  const ends = others.flatMap((other) => other.values.ranges.flat());
  return classes.flatMap(({ values, rows }): Choice[] => {
    if (values.hasNull) return [{ value: null, rows }];
    const codes = values.ranges.flatMap(([low, high]) => [
      low,
      high,
      ...ends.filter((end) => end >= low && end <= high),
    ]);
    const finite = [...new Set(codes)].filter(Number.isFinite).slice(0, 40);
    return (finite.length > 0 ? finite : [0]).map((code) => ({ value: coding.valueOf(code), rows }));
  });
}
