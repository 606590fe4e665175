/** Opens a file as rows of facts, whatever its format. */
import { open } from "node:fs/promises";
import { extname } from "node:path";
import { readSheet } from "read-excel-file/node";
import { detectDelimiter, readCsv } from "./csv";
import { detectEncoding, readText } from "./encoding";
import { readNdjson } from "./ndjson";
import type { Cell, RowDefaults, Source, SourceRow } from "./row";
import { HEADER_ROWS_MAX, isHeader, readTable, type TableReader } from "./table";

const FORMATS: Readonly<Record<string, Source["format"]>> = {
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".json": "ndjson",
  ".csv": "csv",
  ".txt": "csv",
  ".xlsx": "xlsx",
};
const FIRST_BYTES = 65_536;
const SAFE_DIGITS_MAX = 15;

async function readFirstLine(path: string, encoding: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    return new TextDecoder(encoding).decode(buffer.subarray(0, bytesRead)).split("\n", 1)[0]!;
  } finally {
    await file.close();
  }
}

// A spreadsheet keeps a long row of digits as a number and loses its end; such a cell can only be refused.
function toCell(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "number" && Math.abs(value) >= 10 ** SAFE_DIGITS_MAX)
    return `${value} (number, not text)`;
  return value as Cell;
}

async function* readSpreadsheet(path: string): AsyncGenerator<readonly Cell[]> {
  for (const row of await readSheet(path)) {
    const cells = row.map(toCell);
    if (cells.some((cell) => cell !== null && String(cell).trim() !== "")) yield cells;
  }
}

async function* rowsBelow(
  records: AsyncIterator<readonly Cell[]>,
  reader: TableReader,
): AsyncGenerator<SourceRow> {
  for (let next = await records.next(); !next.done; next = await records.next())
    yield reader.toRow(next.value);
}

async function openTable(
  format: "csv" | "xlsx",
  records: AsyncIterator<readonly Cell[]>,
  defaults: RowDefaults,
): Promise<Source> {
  for (let nth = 0; nth < HEADER_ROWS_MAX; nth++) {
    const { done, value: header } = await records.next();
    if (done) break;
    if (!isHeader(header)) continue;
    const reader = readTable(header, defaults);
    return { format, header, columnsLeftOut: reader.columnsLeftOut, rows: rowsBelow(records, reader) };
  }
  throw new Error("there is no header row with a column for the credit code");
}

/** Opens a file; throws one sentence when it cannot be read as what its name says it is. */
export async function openSource(path: string, defaults: RowDefaults): Promise<Source> {
  const format = FORMATS[extname(path).toLowerCase()];
  if (!format) throw new Error("files are imported as .ndjson, .csv or .xlsx");
  if (format === "xlsx") return openTable(format, readSpreadsheet(path), defaults);
  const encoding = await detectEncoding(path);
  const text = readText(path, encoding);
  if (format === "ndjson")
    return { format, header: [], columnsLeftOut: [], rows: readNdjson(text, defaults) };
  const delimiter = detectDelimiter(await readFirstLine(path, encoding));
  return openTable(format, readCsv(text, delimiter), defaults);
}
