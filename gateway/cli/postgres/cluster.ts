/** The cluster: the folder in which PostgreSQL keeps everything, created by initdb at the first start. */
import { spawnSync } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Account, canReach } from "./account";
import { type Binaries, SHARED_HOME } from "./binaries";

/** The file whose presence says that the cluster has its databases. */
export const READY_MARK = "hub-ready";

/** A cluster with the programs and the account that run it. */
export interface ClusterOwner {
  readonly binaries: Binaries;
  readonly clusterDir: string;
  readonly account: Account;
}

/**
 * The folder of the cluster: `postgres` in the data folder. Where the account cannot reach that (a clone in root's
 * 0700 home), it is a link into a folder that it can.
 */
export function placeCluster(dataDir: string, account: Account): string {
  const path = join(dataDir, "postgres");
  if (!existsSync(path)) {
    // A link that leads nowhere is what remains when somebody cleared the shared folder.
    rmSync(path, { force: true });
    if (canReach(realpathSync(dataDir), account)) {
      mkdirSync(path, { mode: 0o700 });
    } else {
      mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
      symlinkSync(mkdtempSync(join(SHARED_HOME, "cluster-")), path);
    }
  }
  const clusterDir = realpathSync(path);
  if (account) chownSync(clusterDir, account.uid, account.gid);
  return clusterDir;
}

// Under the locale `C` pg_trgm takes no Chinese character for a letter. The builtin provider compares by code point, the
// same on every machine; `--locale` is what is left to the C library. macOS has no C.UTF-8.
const INITDB_FLAGS = [
  "--username=superuser",
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  `--locale=${process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8"}`,
  "--lc-messages=C",
  "--no-instructions",
];

/** Creates the cluster unless it is there; true when the server has yet to be given its databases. */
export function createCluster(
  { binaries, clusterDir, account }: ClusterOwner,
  { password, durable }: { readonly password: string; readonly durable: boolean },
): boolean {
  if (existsSync(join(clusterDir, READY_MARK))) return false;
  // Whatever an interrupted first start left: without the mark that ends it nothing was ever stored here.
  rmSync(clusterDir, { recursive: true, force: true });
  mkdirSync(clusterDir, { mode: 0o700 });
  const secrets = mkdtempSync(join(tmpdir(), "hub-initdb-"));
  const passwordFile = join(secrets, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account)
    for (const path of [clusterDir, secrets, passwordFile]) chownSync(path, account.uid, account.gid);
  const flags = [...INITDB_FLAGS, `--pwfile=${passwordFile}`, `--pgdata=${clusterDir}`];
  const { status, stderr, error } = spawnSync(binaries.initdb, durable ? flags : [...flags, "--no-sync"], {
    encoding: "utf8",
    ...account,
    cwd: clusterDir,
  });
  rmSync(secrets, { recursive: true, force: true });
  if (status !== 0)
    throw new Error(`PostgreSQL could not create its data folder: ${(error?.message ?? stderr).trim()}`);
  return true;
}
