/**
 * Small changes of single cells, each of which some case should notice: a condition dropped, turned round or moved by one unit, an
 * output exchanged for another that the table knows.
 */
import { plusDays } from "../calendar/dates";
import type { Column, CompiledTable } from "../contract";
import type { TableSource } from "../table/table-source";

/** One cell with another text. */
export interface Mutation {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly before: string;
  readonly after: string;
  /** The table with the changed cell. */
  readonly source: TableSource;
}

/** All changes of all cells of a table; `compiled` tells the types of its columns. */
export function mutateTable(source: TableSource, compiled: CompiledTable): readonly Mutation[] {
  return source.rows.flatMap((row, at) => [
    ...compiled.inputs.flatMap((column, cell) =>
      mutateInput(row.inputs[cell]!.trim(), column).map((after) =>
        change({ at, cell, after, kind: "inputs" }, source),
      ),
    ),
    ...compiled.outputs.flatMap((_, cell) =>
      mutateOutput(cell, at, { source, compiled }).map((after) =>
        change({ at, cell, after, kind: "outputs" }, source),
      ),
    ),
  ]);
}

interface CellChange {
  readonly at: number;
  readonly cell: number;
  readonly kind: "inputs" | "outputs";
  readonly after: string;
}

function change({ at, cell, kind, after }: CellChange, source: TableSource): Mutation {
  const row = source.rows[at]!;
  const texts = row[kind].with(cell, after);
  const rows = source.rows.with(at, { ...row, [kind]: texts });
  const { name } = source[kind][cell]!;
  return {
    table: source.name,
    row: row.id,
    column: name,
    before: row[kind][cell]!,
    after,
    source: { ...source, rows },
  };
}

function mutateInput(text: string, { type }: Column): string[] {
  // A cell that asks for nothing is made to ask for what a case does not have: null if it has a value, a value if it has none.
  if (text === "" || text === "-") return ["null", "not(null)"];
  const turned = /^not\((.*)\)$/s.exec(text)?.[1] ?? `not(${text})`;
  const moved = type.kind === "number" ? moveNumbers(text, type.scale) : [];
  return ["-", turned, ...moved, ...(type.kind === "date" ? moveDays(text) : [])];
}

function moveDays(text: string): string[] {
  const days = [...text.matchAll(/(?<=")\d{4}-\d\d-\d\d(?=")/g)];
  return days.flatMap((match) =>
    [1, -1].map(
      (step) =>
        text.slice(0, match.index) + plusDays(match[0], step) + text.slice(match.index + match[0].length),
    ),
  );
}

// Every number of the cell, up and down by the smallest unit of its column; numbers inside names and texts are left alone.
function moveNumbers(text: string, scale: number): string[] {
  const numbers = [...text.matchAll(/(?<![\w"])(?<!(?<!\.)\.)-?\d+(?:\.\d+)?(?!\w|")/g)];
  const unit = 10 ** -scale;
  return numbers.flatMap((match) =>
    [unit, -unit].map((step) => {
      const moved = (Number(match[0]) + step).toFixed(scale);
      return text.slice(0, match.index) + moved + text.slice(match.index + match[0].length);
    }),
  );
}

interface OutputScope {
  readonly source: TableSource;
  readonly compiled: CompiledTable;
}

function mutateOutput(cell: number, at: number, { source, compiled }: OutputScope): string[] {
  const { type } = compiled.outputs[cell]!;
  const text = source.rows[at]!.outputs[cell]!.trim();
  const value = compiled.rows[at]!.outputs[cell] ?? null;
  if (type.kind === "boolean") return value === null ? ["true", "false"] : [String(!value)];
  if (type.kind === "number")
    return value === null
      ? ["1"]
      : moveNumbers(text, type.scale)
          .slice(0, 1)
          .concat(text.match(/^-?[\d.]+$/) ? [] : ["0"]);
  const listed = type.kind === "string" ? (type.allowed ?? []).map((word) => JSON.stringify(word)) : [];
  const elsewhere = source.rows.map((row) => row.outputs[cell]!.trim());
  const others = [...listed, ...elsewhere, "null"].filter((one) => one !== text);
  return others.slice(0, 1);
}
