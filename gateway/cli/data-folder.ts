/** The data folder: one hub at a time works in it, and says there how its database is reached. */
import { spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { repositoryRoot } from "../../schema/root";
import { isAlive } from "./postgres/leftover";

/** Who works in a data folder. `bornAt` tells a process from a later one with the same id. */
export interface Holder {
  readonly pid: number;
  readonly bornAt: string;
  /** What it is doing there, for the refusal that the next one is shown. */
  readonly work: string;
  readonly postgresPort?: number;
}

/** The right to work in a data folder. */
export interface DataFolderLock {
  /** Lets other commands find the database server. */
  readonly announce: (postgresPort: number) => void;
  readonly release: () => void;
}

/** `HUB_DATA_DIR`, or `.hub` in the repository. */
export function dataFolderOf(environment: Readonly<Record<string, string | undefined>>): string {
  const given = environment["HUB_DATA_DIR"] || ".hub";
  return isAbsolute(given) ? given : join(repositoryRoot, given);
}

function readBirth(pid: number): string {
  const path = `/proc/${pid}/stat`;
  // Field 22 is the start in clock ticks since boot; the name in field 2 may hold blanks and brackets.
  if (existsSync(path)) return readFileSync(path, "utf8").split(") ").at(-1)!.split(" ")[19]!;
  return spawnSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" }).stdout?.trim() ?? "";
}

const lockOf = (dataDir: string): string => join(dataDir, "hub.lock");

function readLock(dataDir: string): string | undefined {
  try {
    return readFileSync(lockOf(dataDir), "utf8");
  } catch {
    return undefined;
  }
}

function toLivingHolder(lock: string | undefined): Holder | undefined {
  try {
    const holder = JSON.parse(lock ?? "null") as Holder | null;
    return holder && isAlive(holder.pid) && readBirth(holder.pid) === holder.bornAt ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Who works in the folder now; a lock whose process is gone counts as nobody. */
export function findHolder(dataDir: string): Holder | undefined {
  return toLivingHolder(readLock(dataDir));
}

// The lock is written beside and linked into place, so that it is never seen half-written and only one link succeeds.
function tryLock(dataDir: string, holder: Holder): boolean {
  const unfinished = join(dataDir, `hub.lock.${process.pid}`);
  writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(unfinished, lockOf(dataDir));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

// Two that find the same stale lock must not both remove one: what is taken away is looked at again, and put back when
// somebody has taken the folder in between.
function removeStale(dataDir: string, stale: string): void {
  const taken = join(dataDir, `hub.lock.${process.pid}`);
  try {
    renameSync(lockOf(dataDir), taken);
    if (readFileSync(taken, "utf8") !== stale) linkSync(taken, lockOf(dataDir));
  } catch (error) {
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    rmSync(taken, { force: true });
  }
}

/** Takes the folder, created when it is missing; throws one sentence when another process works in it. */
export function lockDataFolder(dataDir: string, work: string): DataFolderLock {
  // Under root the database server runs as another account, which walks through this folder.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const holder: Holder = { pid: process.pid, bornAt: readBirth(process.pid), work };
  while (!tryLock(dataDir, holder)) {
    const lock = readLock(dataDir);
    const other = toLivingHolder(lock);
    if (other)
      throw new Error(`the data folder ${dataDir} is in use by ${other.work} (process ${other.pid})`);
    if (lock !== undefined) removeStale(dataDir, lock);
  }
  return {
    announce: (postgresPort) => replaceLock(dataDir, { ...holder, postgresPort }),
    release: () => rmSync(lockOf(dataDir), { force: true }),
  };
}

function replaceLock(dataDir: string, holder: Holder): void {
  const unfinished = join(dataDir, `hub.lock.${process.pid}`);
  writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 });
  renameSync(unfinished, lockOf(dataDir));
}
