/** Examples of single tables: inputs, and the rows that decide with their outputs. Values are written as cells write them. */
import { PolicyError, type Column, type CompiledTable, type Value } from "../contract";
import { parseOutputCell } from "../feel/parse-cell";
import { resolveOutput } from "../feel/resolve-cell";
import { showValue } from "./show-value";

/** The cells of one line by column: `{ "score": "77.5", "grade": "\"B\"" }`. */
export type Cells = Readonly<Record<string, string>>;

/** One example. `rows` is empty when no row decides, and a text when the table cannot answer (its hit policy is broken). */
export interface TableExample {
  readonly table: string;
  readonly inputs: Cells;
  readonly rows: readonly { readonly row: string; readonly outputs: Cells }[] | string;
}

/** The example that a table makes of known inputs, in the order of its columns. */
export function makeExample(table: CompiledTable, inputs: readonly Value[]): TableExample {
  const { name } = table;
  return { table: name, inputs: showCells(table.inputs, inputs), rows: decidingRows(table, inputs) };
}

/** What is wrong with an example, in words; undefined when the table says what the example says. */
export function checkExample(table: CompiledTable, example: TableExample): string | undefined {
  const inputs = readInputs(table, example.inputs);
  if (typeof inputs === "string") return inputs;
  const actual = JSON.stringify(decidingRows(table, inputs));
  const expected = JSON.stringify(example.rows);
  return actual === expected ? undefined : `${actual}, expected ${expected}`;
}

function decidingRows(table: CompiledTable, inputs: readonly Value[]): TableExample["rows"] {
  try {
    return table
      .evaluate(inputs)
      .rows.map(({ id, outputs }) => ({ row: id, outputs: showCells(table.outputs, outputs) }));
  } catch (error) {
    if (error instanceof PolicyError) return error.faults[0]!.message;
    throw error;
  }
}

function showCells(columns: readonly Column[], values: readonly Value[]): Cells {
  return Object.fromEntries(
    columns.map((column, at) => [column.name, showValue(values[at] ?? null, column)]),
  );
}

function readInputs(table: CompiledTable, cells: Cells): readonly Value[] | string {
  const unknown = Object.keys(cells).find((name) => !table.inputs.some((column) => column.name === name));
  if (unknown !== undefined) return `the table has no input '${unknown}'`;
  try {
    return table.inputs.map(({ name, type }) =>
      resolveOutput(parseOutputCell(cells[name] ?? "null"), type, new Map()),
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
