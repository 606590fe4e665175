/** A measure's result as text for a terminal. */
import type { MeasureResult } from "./measures/measure";

const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))),
    )
    .map((row) => `  ${row.join("  ")}`)
    .join("\n");
}

/** Prints the table, the bars and the notes. */
export function printResult({ title, rows, bars, notes = [] }: MeasureResult): void {
  const columns = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const lines = rows.map(({ title: name, figures }) => [
    name,
    ...columns.map((column) => (column in figures ? shown(figures[column]!) : "-")),
  ]);
  console.log(`\n${title}\n${table([["", ...columns], ...lines])}`);
  for (const { text, wanted, measured, met } of bars) {
    console.log(`  ${met ? "met   " : "MISSED"} ${shown(measured)} ${text} (bar ${shown(wanted)})`);
  }
  for (const note of notes) console.log(`  ${note}`);
}
