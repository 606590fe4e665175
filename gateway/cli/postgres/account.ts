/** PostgreSQL refuses to run as root: under root it runs as an unprivileged account of the machine. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { dirname } from "node:path";

/** Ids of the account that runs the server; undefined when it is the account that runs the hub. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

function readId(flag: "-u" | "-g", name: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, name], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}

/** The account to run the server as: under root `postgres`, else `nobody`; otherwise nobody else. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = readId("-u", name);
    const gid = readId("-g", name);
    if (uid && gid) return { uid, gid };
  }
  throw new Error(
    "PostgreSQL does not run as root, and this machine has neither an account 'postgres' nor 'nobody': " +
      "start the hub as an ordinary user, or set <DEPARTMENT>_DATABASE_URL",
  );
}

function mayEnter(folder: string, account: { readonly uid: number; readonly gid: number }): boolean {
  const { uid, gid, mode } = statSync(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0;
}

/** Whether the account can walk down to a folder from `/` (a 0700 home on the way stops it). */
export function canReach(folder: string, account: Account): boolean {
  if (!account) {
    try {
      accessSync(folder, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }
  const parent = dirname(folder);
  return mayEnter(folder, account) && (parent === folder || canReach(parent, account));
}
