/** `FILE.rejected.<ext>`: every refused row as it came, with the reason. Mended, it can be imported itself. */
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { extname } from "node:path";
import { stringify } from "csv-stringify/sync";
import writeXlsxFile from "write-excel-file/node";
import { type Cell, REASON_COLUMN, type Source, type SourceRow } from "./row";

/** A refused row. */
export interface Reject {
  readonly row: SourceRow;
  readonly reason: string;
}

/** Where refused rows go. `add` gives the length of what is kept so far, for a checkpoint. */
export interface RejectFile {
  readonly path: string;
  readonly add: (rejects: readonly Reject[]) => number;
  /** Ends the file; without a refused row there is none. */
  readonly close: () => Promise<void>;
}

/** The name of a file's reject file. */
export function rejectPathOf(path: string): string {
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.rejected${extension}`;
}

const BOM = "\uFEFF";

function toLine({ row, reason }: Reject): string {
  const said = { [REASON_COLUMN]: reason };
  const rest = row.fault === undefined ? (JSON.parse(row.raw as string) as object) : { line: row.raw };
  return `${JSON.stringify({ ...rest, ...said })}\n`;
}

// Spreadsheets take a CSV for UTF-8 only with a byte order mark, and compute what starts like a formula.
const toCsv = (records: readonly (readonly Cell[])[]): string =>
  stringify(records as Cell[][], { escape_formulas: true });

const withReason = (cells: readonly Cell[], width: number, reason: string): Cell[] => [
  ...Array.from({ length: width }, (_, index) => cells[index] ?? null),
  reason,
];

// The reason column of a reject file that is imported again stays where it is and gets the new reason.
function layOut({ header }: Source) {
  const before = header.indexOf(REASON_COLUMN);
  const keep = (cells: readonly Cell[]): readonly Cell[] => (before < 0 ? cells : cells.toSpliced(before, 1));
  const columns = keep(header);
  return {
    header: withReason(columns, columns.length, REASON_COLUMN),
    toRecord: ({ row, reason }: Reject) =>
      withReason(keep(row.raw as readonly Cell[]), columns.length, reason),
  };
}

function openTextFile(path: string, bytesKept: number, source: Source): RejectFile {
  const { header, toRecord } = layOut(source);
  const file = openSync(path, bytesKept > 0 ? "r+" : "w");
  ftruncateSync(file, bytesKept);
  let bytes = bytesKept;
  const toText = (rejects: readonly Reject[]): string =>
    source.format === "ndjson"
      ? rejects.map(toLine).join("")
      : (bytes === 0 ? BOM + toCsv([header]) : "") + toCsv(rejects.map(toRecord));
  return {
    path,
    add: (rejects) => {
      if (rejects.length === 0) return bytes;
      bytes += writeSync(file, toText(rejects), bytes);
      fsyncSync(file);
      return bytes;
    },
    close: async () => {
      closeSync(file);
      if (bytes === 0) rmSync(path);
    },
  };
}

function openSpreadsheet(path: string, source: Source): RejectFile {
  const { header, toRecord } = layOut(source);
  const records: Cell[][] = [];
  rmSync(path, { force: true });
  return {
    path,
    add: (rejects) => records.push(...rejects.map(toRecord)),
    close: async () => {
      if (records.length > 0) await writeXlsxFile([header, ...records]).toFile(path);
    },
  };
}

/** Opens the reject file of `path`, keeping what an interrupted import had written (`bytesKept`). */
export function openRejectFile(path: string, bytesKept: number, source: Source): RejectFile {
  const rejectPath = rejectPathOf(path);
  return source.format === "xlsx"
    ? openSpreadsheet(rejectPath, source)
    : openTextFile(rejectPath, bytesKept, source);
}
