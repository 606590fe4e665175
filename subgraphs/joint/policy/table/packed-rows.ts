/** Sets of rows packed into 32-bit words, for evaluation with every input known. */
import type { Input, Value } from "../contract";
import type { RowMask } from "./column-index";
import type { TableModel } from "./table-model";

/** One column over packed rows. */
export interface PackedColumn {
  /** The class of a known value; negative when the column cannot hold it. */
  locate(value: Value): number;
  /** Leaves in `live` only the rows that accept the class. */
  narrow(live: Int32Array, found: number): void;
}

/** The columns of a table over packed rows. */
export interface PackedRows {
  readonly columns: readonly PackedColumn[];
  /** All rows. The one buffer of the table is reused: evaluation is synchronous and never re-entered. */
  start(): Int32Array;
  /** Positions of the rows that match, ascending; cells that depend on other inputs are asked now. */
  hits(live: Int32Array, inputs: readonly Input[]): number[];
}

/** Packs the columns of a table. */
export function packColumns(model: TableModel): PackedRows {
  const words = Math.ceil(model.ordered.length / 32);
  const all = (1n << BigInt(model.ordered.length)) - 1n;
  const full = pack(all, words);
  const live = new Int32Array(words);
  const dependent = dependentTests(model);
  return {
    columns: model.columns.map(({ index }) => packColumn(index, words)),
    start: () => {
      live.set(full);
      return live;
    },
    hits: (rows, inputs) => {
      const found: number[] = [];
      for (let word = 0; word < words; word++) {
        for (let rest = rows[word]!; rest !== 0; rest &= rest - 1) {
          const position = word * 32 + 31 - Math.clz32(rest & -rest);
          if (dependent === undefined || dependent[position]!.every((test) => test(inputs)))
            found.push(position);
        }
      }
      return found;
    },
  };
}

function packColumn(index: TableModel["columns"][number]["index"], words: number): PackedColumn {
  const masks = index.classes.map((one) => pack(one.rows, words));
  return {
    locate: index.locate,
    narrow: (live, found) => {
      const mask = masks[found]!;
      for (let word = 0; word < words; word++) live[word]! &= mask[word]!;
    },
  };
}

function pack(rows: RowMask, words: number): Int32Array {
  return Int32Array.from({ length: words }, (_, word) =>
    Number(BigInt.asIntN(32, rows >> BigInt(32 * word))),
  );
}

// By position, the tests of cells that look at other inputs; undefined when the table has none.
function dependentTests(model: TableModel) {
  const tests = model.ordered.map((_, position) =>
    model.columns.flatMap(({ cells }, at) => {
      const cell = cells[position]!;
      return cell.kind === "dependent"
        ? [(inputs: readonly Input[]) => cell.test(inputs[at]!, inputs) === true]
        : [];
    }),
  );
  return tests.some((some) => some.length > 0) ? tests : undefined;
}
