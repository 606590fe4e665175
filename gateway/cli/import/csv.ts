/** CSV as RFC 4180 and spreadsheets write it. */
import { Readable } from "node:stream";
import { parse } from "csv-parse";

const RECORD_BYTES_MAX = 1_000_000;

/** The records of a CSV text, blank ones left out. A comma, a semicolon or a tab parts the cells. */
export async function* readCsv(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<readonly string[]> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  const source = Readable.from(text).on("error", (error) => parser.destroy(error));
  for await (const record of source.pipe(parser) as AsyncIterable<readonly string[]>)
    if (record.some((cell) => cell.trim() !== "")) yield record;
}

/** What parts the cells of a header line: the one of comma, semicolon and tab that occurs most often. */
export function detectDelimiter(headerLine: string): string {
  const count = (delimiter: string): number => headerLine.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, next) => (count(next) > count(best) ? next : best));
}
