/** Tables with a header row: field names, or the columns of a national publicity sheet. */
import type { FactInput } from "../../../subgraphs/shared/validate-fact";
import { dateFieldsOf, textOf, toDay } from "./cells";
import { type ColumnMeaning, findPublicitySheet, normaliseHeader } from "./publicity-sheets";
import { type Cell, REASON_COLUMN, type RowDefaults, type SourceRow } from "./row";

/** What a header row says about the rows below it. */
export interface TableReader {
  readonly columnsLeftOut: readonly string[];
  readonly toRow: (cells: readonly Cell[]) => SourceRow;
}

/** A sheet may have lines of title above its header row; so many are looked at. */
export const HEADER_ROWS_MAX = 5;

/** Whether a row is a header row: it has a column for the credit code. */
export function isHeader(cells: readonly Cell[]): boolean {
  const headers = cells.map((cell) => normaliseHeader(textOf(cell) ?? ""));
  return headers.includes("creditCode") || findPublicitySheet(headers) !== undefined;
}

function readPlain(headers: readonly string[], defaults: RowDefaults): TableReader {
  const toFact = (cells: readonly Cell[]): FactInput => {
    const fact: Record<string, unknown> = { ...defaults };
    for (const [index, name] of headers.entries()) {
      const text = textOf(cells[index]);
      if (text !== undefined && name !== "" && name !== REASON_COLUMN) fact[name] = text;
    }
    const dates = dateFieldsOf(String(fact["type"]));
    for (const name of headers)
      if (dates.has(name) && typeof fact[name] === "string") fact[name] = toDay(fact[name]);
    return fact;
  };
  return { columnsLeftOut: [], toRow: (cells) => ({ fact: toFact(cells), raw: cells }) };
}

function addColumn(
  fact: Record<string, unknown>,
  { field, convert, joins }: ColumnMeaning,
  text: string,
): void {
  const value = convert ? convert(text) : text;
  const before = fact[field];
  if (before === undefined) fact[field] = value;
  else if (joins && before !== value) fact[field] = `${String(before)}：${value}`;
}

function readPublicity(headers: readonly string[], defaults: RowDefaults): TableReader {
  const { columns, typeOf } = findPublicitySheet(headers)!;
  // In the order of the sheet's definition, so that the better of two columns for one field comes first.
  const meanings = [...columns].flatMap(([header, meaning]) => {
    const index = headers.indexOf(header);
    return index < 0 ? [] : [{ index, meaning }];
  });
  const type = defaults.type ?? typeOf(defaults.department);
  const toFact = (cells: readonly Cell[]): FactInput => {
    const fact: Record<string, unknown> = { ...defaults, type };
    for (const { index, meaning } of meanings) {
      const text = textOf(cells[index]);
      if (text !== undefined) addColumn(fact, meaning, text);
    }
    return fact;
  };
  const columnsLeftOut = headers.filter(
    (header) => header !== "" && header !== REASON_COLUMN && !columns.has(header),
  );
  return { columnsLeftOut, toRow: (cells) => ({ fact: toFact(cells), raw: cells }) };
}

/** Reads rows below a header row (`isHeader` says that it is one). */
export function readTable(header: readonly Cell[], defaults: RowDefaults): TableReader {
  const headers = header.map((cell) => normaliseHeader(textOf(cell) ?? ""));
  return headers.includes("creditCode") ? readPlain(headers, defaults) : readPublicity(headers, defaults);
}
