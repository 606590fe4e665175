/** How far an import has come, kept in the data folder so that it can go on where it was interrupted. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What became of rows. */
export interface Counts {
  recorded: number;
  unchanged: number;
  corrected: number;
  rejected: number;
}

/** A state to go on from. The rows of the last batch are sent again, to see that this database has them. */
export interface Checkpoint {
  readonly rows: number;
  readonly lastBatchRows: number;
  readonly counts: Counts;
  readonly rejectBytes: number;
}

/** The checkpoint of one file. */
export interface CheckpointFile {
  readonly read: () => Checkpoint | undefined;
  readonly write: (checkpoint: Checkpoint) => void;
  readonly remove: () => void;
}

/** The checkpoint of a file as it is now: another file, size, time or setting has another one. */
export function checkpointOf(dataDir: string, path: string, settings: object): CheckpointFile {
  const { size, mtimeMs } = statSync(path);
  const identity = JSON.stringify([realpathSync(path), size, mtimeMs, settings]);
  const folder = join(dataDir, "imports");
  const file = join(folder, `${createHash("sha256").update(identity).digest("hex").slice(0, 32)}.json`);
  return {
    read: () => {
      try {
        return JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
      } catch {
        return undefined;
      }
    },
    write: (checkpoint) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(checkpoint));
      renameSync(`${file}.new`, file);
    },
    remove: () => rmSync(file, { force: true }),
  };
}
