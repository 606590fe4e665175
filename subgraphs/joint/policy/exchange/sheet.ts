/**
 * The rules of a table as rows of a spreadsheet: a line of headings for people, a line of names, then one line a rule. Cells stay
 * the S-FEEL texts that they are in the table.
 */
import { PolicyError, type PolicyFault } from "../contract";
import type { SourceRow, TableSource } from "../table/table-source";

/** What a spreadsheet holds in a cell: text (numbers too, as they are written), a truth value, a day or nothing. */
export type SheetCell = string | boolean | Date | null;

const TEXT_COLUMNS = [
  ["legalBasis", "依据"],
  ["zh", "说明"],
  ["en", "In English"],
] as const;

/** The lines of a table, headings first. */
export function toSheet({ inputs, outputs, rows }: TableSource): readonly (readonly string[])[] {
  const columns = [...inputs, ...outputs];
  return [
    ["行号", ...columns.map((column) => column.label), ...TEXT_COLUMNS.map(([, heading]) => heading)],
    ["id", ...columns.map((column) => column.name), ...TEXT_COLUMNS.map(([name]) => name)],
    ...rows.map((row) => [row.id, ...row.inputs, ...row.outputs, row.legalBasis, row.text.zh, row.text.en]),
  ];
}

/**
 * The rules that lines hold, for a table of these columns. Truth values and days that the spreadsheet program has taken
 * for such become the texts of cells. Throws PolicyError for columns that are missing, unknown or doubled.
 */
export function fromSheet(
  lines: readonly (readonly SheetCell[])[],
  table: TableSource,
): readonly SourceRow[] {
  const names = (lines[1] ?? []).map((cell) => cellText(cell));
  checkNames(names, table);
  const filled = lines.slice(2).filter((line) => line.some((cell) => cellText(cell) !== ""));
  return filled.map((line) => {
    const text = (name: string) => cellText(line[names.indexOf(name)] ?? null);
    return {
      id: text("id"),
      inputs: table.inputs.map(({ name }) => text(name) || "-"),
      outputs: table.outputs.map(({ name }) => text(name)),
      legalBasis: text("legalBasis"),
      text: { zh: text("zh"), en: text("en") },
    };
  });
}

function checkNames(names: readonly string[], { file, name: table, inputs, outputs }: TableSource): void {
  const wanted = [
    "id",
    ...[...inputs, ...outputs].map(({ name }) => name),
    ...TEXT_COLUMNS.map(([name]) => name),
  ];
  const faults: PolicyFault[] = [];
  const fault = (column: string, message: string) => faults.push({ file, table, column, message });
  for (const name of wanted)
    if (!names.includes(name)) fault(name, "the spreadsheet has no such column (second line)");
  for (const name of names)
    if (name !== "" && !wanted.includes(name)) fault(name, "the table has no such column");
  for (const name of new Set(names.filter((one, at) => one !== "" && names.indexOf(one) < at))) {
    fault(name, "the spreadsheet has this column twice");
  }
  if (faults.length > 0) throw new PolicyError(faults);
}

function cellText(cell: SheetCell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return `date("${cell.toISOString().slice(0, 10)}")`;
  return String(cell).trim();
}
