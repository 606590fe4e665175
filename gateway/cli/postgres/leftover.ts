/** A server that an earlier hub left behind, and the pid file of one that is gone. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;
const FAST_STOP_MS = 20_000;

/** Whether a process of this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readCommandLine(pid: number): string {
  const path = `/proc/${pid}/cmdline`;
  if (existsSync(path)) return readFileSync(path, "utf8");
  return spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).stdout ?? "";
}

/** The first lines of postmaster.pid: the server's process id and, in the eighth, how far its start has come. */
export function readPidFile(
  clusterDir: string,
): { readonly pid: number; readonly status: string } | undefined {
  try {
    const lines = readFileSync(join(clusterDir, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), status: (lines[7] ?? "").trim() };
  } catch {
    return undefined;
  }
}

async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(POLL_MS))
    if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

/** Stops a server: clients are sent away and everything is written; at once, leaving it to the log, when that hangs. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    if (await waitUntilGone(pid, FAST_STOP_MS)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
}

/**
 * Clears the way for a start. A pid file whose process is gone stays: PostgreSQL itself finds in it whether sessions of
 * the dead server still hold its memory. It is removed only when the id has passed to a process of somebody else.
 */
export async function clearLeftover(clusterDir: string): Promise<void> {
  const leftover = readPidFile(clusterDir);
  if (!leftover || !isAlive(leftover.pid)) return;
  if (readCommandLine(leftover.pid).includes(clusterDir)) await stopServer(leftover.pid);
  else rmSync(join(clusterDir, "postmaster.pid"), { force: true });
}
