/** Starts processes on a core of their own and reads what they have used of it. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";

/** The core that the gateway has, and the one of everybody else. */
export const GATEWAY_CORE = 0;
export const RIG_CORE = 1;
/** For processes that share all cores. */
export const ANY_CORE = undefined;

export type { ChildProcess };

/** Whether processes can be pinned here; without `taskset` the bench still runs, and the results say so. */
export const canPin: boolean = spawnSync("taskset", ["-c", "0", "true"]).status === 0;

const TICKS_PER_SECOND = 100;

const started = new Set<ChildProcess>();
process.on("exit", () => started.forEach((child) => child.kill("SIGKILL")));

/** Starts Node with a script on one core; it is ended with the bench at the latest. */
export function startOnCore(
  core: number | undefined,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const command = [process.execPath, ...args];
  const pinned = canPin && core !== undefined ? ["taskset", "-c", String(core), ...command] : command;
  const child = spawn(pinned[0]!, pinned.slice(1), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
  started.add(child);
  return child.on("exit", () => started.delete(child));
}

/** The exit status of a process that has ended; null: by a signal. */
export function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

/** Sends a signal and waits for the end. */
export async function endBy(signal: "SIGTERM" | "SIGKILL", child: ChildProcess): Promise<void> {
  const end = endOf(child);
  child.kill(signal);
  await end;
}

/** CPU seconds a process has used so far, all its threads, user and system. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** CPU seconds that a core has been busy with anything, since boot. */
export function coreBusySeconds(core: number): number {
  const line = readFileSync("/proc/stat", "latin1")
    .split("\n")
    .find((each) => each.startsWith(`cpu${core} `))!;
  const [user, nice, system, , , interrupt, softInterrupt] = line.split(" ").slice(1).map(Number);
  return (user! + nice! + system! + interrupt! + softInterrupt!) / TICKS_PER_SECOND;
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
