/** Cells of tables, as people and spreadsheets write them, in the form that facts take. */
import { findFactType } from "../../../schema/fact-catalogue";
import type { Cell } from "./row";

const COMMON_DATES = ["occurredOn", "validFrom", "validUntil"];
const WRITTEN_DATE = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:\s+0{1,2}:00(?::00)?)?$/;
const COMPACT_DATE = /^(\d{4})(\d{2})(\d{2})$/;

/** Names of the fields of a type that hold a day. */
export function dateFieldsOf(typeName: string): ReadonlySet<string> {
  const own = findFactType(typeName)?.fields.filter(({ kind }) => kind === "DATE") ?? [];
  return new Set([...COMMON_DATES, ...own.map(({ name }) => name)]);
}

/** A day as `YYYY-MM-DD` from the ways it is written in sheets; anything else as it is, to be refused with its reason. */
export function toDay(text: string): string {
  const match = WRITTEN_DATE.exec(text) ?? COMPACT_DATE.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  return `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
}

/** The day after a day. */
export function nextDay(day: string): string {
  const instant = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(instant) ? day : new Date(instant + 86_400_000).toISOString().slice(0, 10);
}

// `escape_formulas` of csv-stringify puts a quote before what a spreadsheet would compute; a reject file comes back.
const ESCAPED_FORMULA = /^'[=+\-@\t\r]/;

/** The text of a cell; undefined when it is empty. */
export function textOf(cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  const text = String(cell).trim();
  if (text === "") return undefined;
  return ESCAPED_FORMULA.test(text) ? text.slice(1) : text;
}

/** A sum in units of 10,000 yuan, in yuan; decimal arithmetic on the text, so that nothing is rounded. */
export function fromTenThousands(text: string): string {
  const match = /^(\d{1,11})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) return text;
  const places = (match[2] ?? "").padEnd(6, "0");
  const yuan = `${match[1]}${places.slice(0, 4)}`.replace(/^0+(?=\d)/, "");
  return `${yuan}.${places.slice(4)}`;
}
