/** `FILE.rejected.<ext>`: every refused row as it came, with the reason. Mended, it can be imported itself. */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
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
  readonly add: (rejects: readonly Reject[]) => number;
  /** Ends the file, whole or to be gone on with; without a refused row there is none. */
  readonly close: (isWhole: boolean) => Promise<void>;
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

interface Journal {
  readonly add: (toText: (bytesSoFar: number) => string) => number;
  readonly close: () => number;
}

// Durable before it is counted: what the checkpoint names is there after a crash, and what came later is cut off.
function openJournal(path: string, bytesKept: number): Journal {
  const file = openSync(path, bytesKept > 0 ? "r+" : "w");
  ftruncateSync(file, bytesKept);
  let bytes = bytesKept;
  return {
    add: (toText) => {
      const text = toText(bytes);
      if (text === "") return bytes;
      bytes += writeSync(file, text, bytes);
      fsyncSync(file);
      return bytes;
    },
    close: () => {
      closeSync(file);
      if (bytes === 0) rmSync(path);
      return bytes;
    },
  };
}

function openTextFile(path: string, bytesKept: number, source: Source): RejectFile {
  const { header, toRecord } = layOut(source);
  const journal = openJournal(path, bytesKept);
  const toText = (rejects: readonly Reject[], bytesSoFar: number): string =>
    source.format === "ndjson"
      ? rejects.map(toLine).join("")
      : (bytesSoFar === 0 ? BOM + toCsv([header]) : "") + toCsv(rejects.map(toRecord));
  return {
    add: (rejects) => journal.add((bytesSoFar) => (rejects.length === 0 ? "" : toText(rejects, bytesSoFar))),
    close: async () => void journal.close(),
  };
}

// A spreadsheet cannot be written row by row: rows are kept as lines until the file is whole.
function openSpreadsheet(path: string, bytesKept: number, source: Source): RejectFile {
  const { header, toRecord } = layOut(source);
  const kept = keptPathOf(path, source);
  const journal = openJournal(kept, bytesKept);
  rmSync(path, { force: true });
  return {
    add: (rejects) =>
      journal.add(() => rejects.map((reject) => `${JSON.stringify(toRecord(reject))}\n`).join("")),
    close: async (isWhole) => {
      if (journal.close() === 0 || !isWhole) return;
      const lines = readFileSync(kept, "utf8").trimEnd().split("\n");
      await writeXlsxFile([header, ...lines.map((line) => JSON.parse(line) as Cell[])]).toFile(path);
      rmSync(kept);
    },
  };
}

// Where refused rows lie while the import runs.
const keptPathOf = (rejectPath: string, { format }: Source): string =>
  format === "xlsx" ? `${rejectPath}.part` : rejectPath;

/** Whether the refused rows that an interrupted import of `path` had written are still there. */
export function areRejectsKept(path: string, bytesKept: number, source: Source): boolean {
  const kept = statSync(keptPathOf(rejectPathOf(path), source), { throwIfNoEntry: false });
  return (kept?.size ?? 0) >= bytesKept;
}

/** Opens the reject file of `path`, keeping what an interrupted import had written (`bytesKept`). */
export function openRejectFile(path: string, bytesKept: number, source: Source): RejectFile {
  const rejectPath = rejectPathOf(path);
  const open = source.format === "xlsx" ? openSpreadsheet : openTextFile;
  return open(rejectPath, bytesKept, source);
}
