/** Writes the rows of a screening: CSV, NDJSON or xlsx, by the ending of the file's name. */
import { createWriteStream, existsSync } from "node:fs";
import { dirname, extname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import writeXlsxFile from "write-excel-file/node";
import type { ScreeningRow } from "../../../subgraphs/joint/screening/results";

type WriteRows = (rows: AsyncIterable<ScreeningRow>, file: string) => Promise<void>;

const COLUMNS = [
  "creditCode",
  "outcome",
  "onRecord",
  "missing",
  "reviewOn",
  "scheme",
  "version",
  "sentenceZh",
  "sentenceEn",
  "receipt",
] as const satisfies readonly (keyof ScreeningRow)[];

/** A sheet is held in memory whole; larger results are for CSV. */
const SHEET_ROWS_MAX = 100_000;

async function writeCsv(rows: AsyncIterable<ScreeningRow>, file: string): Promise<void> {
  // The mark at the start lets spreadsheets read the Chinese; cells that look like formulas are disarmed.
  const csv = stringify({
    header: true,
    columns: [...COLUMNS],
    bom: true,
    escape_formulas: true,
    cast: { boolean: String },
  });
  await pipeline(Readable.from(rows), csv, createWriteStream(file));
}

async function* toLines(rows: AsyncIterable<ScreeningRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function writeNdjson(rows: AsyncIterable<ScreeningRow>, file: string): Promise<void> {
  await pipeline(Readable.from(toLines(rows)), createWriteStream(file));
}

async function writeXlsx(rows: AsyncIterable<ScreeningRow>, file: string): Promise<void> {
  const sheet = [COLUMNS.map((name) => ({ value: name as string }))];
  for await (const row of rows) {
    if (sheet.length > SHEET_ROWS_MAX)
      throw new Error(`a sheet takes at most ${SHEET_ROWS_MAX} enterprises; write a .csv instead`);
    sheet.push(COLUMNS.map((name) => ({ value: String(row[name]) })));
  }
  await writeXlsxFile(sheet).toFile(file);
}

const WRITERS: Readonly<Record<string, WriteRows>> = {
  ".csv": writeCsv,
  ".ndjson": writeNdjson,
  ".xlsx": writeXlsx,
};

/** The writer for a file; throws for a name with another ending, and for a folder that is not there. */
export function findWriter(file: string): WriteRows {
  const writer = WRITERS[extname(file).toLowerCase()];
  if (!writer)
    throw new Error(`--out takes a file that ends in ${Object.keys(WRITERS).join(", ")}, not '${file}'`);
  if (!existsSync(dirname(file))) throw new Error(`--out: there is no folder '${dirname(file)}'`);
  return writer;
}
