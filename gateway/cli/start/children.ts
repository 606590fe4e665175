/** Subgraphs as processes of their own: started, started again when they end by themselves, stopped. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import { waitForPort } from "./ports";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 12_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
// Whoever ran this long before ending was not failing from the start.
const SETTLED_MS = 30_000;
const LOG_BYTES_MAX = 20_000_000;

/** A process to run. `entry` is relative to `dist/`. */
export interface ChildPlan {
  readonly name: string;
  readonly entry: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** A process under watch. */
export interface Child {
  readonly name: string;
  readonly close: () => Promise<void>;
}

/** Told in one sentence what happened to a process. */
export type Report = (sentence: string) => void;

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES_MAX) truncateSync(path);
  return openSync(path, "a", 0o600);
}

/** What bootstrap.mjs gave this process for its memory, its children get too. */
const memoryFlags = process.execArgv.filter((flag) => flag.startsWith("--min-semi-space-size="));

function spawnChild({ entry, environment, logFile }: ChildPlan): ChildProcess {
  const dist = join(repositoryRoot, "dist");
  const log = openLog(logFile);
  const child = spawn(
    process.execPath,
    [
      ...memoryFlags,
      "--require",
      join(dist, "gateway", "cli", "start", "parent-watch.js"),
      join(dist, entry),
    ],
    {
      env: { ...process.env, ...environment },
      stdio: ["ignore", log, log, "ipc"],
      // A process group of its own: Ctrl-C reaches the hub alone, which lets the gateway drain first.
      detached: true,
    },
  );
  closeSync(log);
  return child;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const howItEnded = (child: ChildProcess): string =>
  child.signalCode ? `was ended by ${child.signalCode}` : `ended with status ${child.exitCode}`;

function readLastWords(logFile: string): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  const last = lines.findLast((line) => line.trim() !== "" && !/^\s+at /.test(line)) ?? "";
  try {
    const { msg, err } = JSON.parse(last) as { msg?: string; err?: { message?: string } };
    return err?.message ?? msg ?? last;
  } catch {
    return last;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const cutOff = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(cutOff);
}

async function startOnce(plan: ChildPlan): Promise<ChildProcess> {
  const child = spawnChild(plan);
  const deadline = Date.now() + START_TIMEOUT_MS;
  const isListening = await waitForPort(plan.port, () => hasEnded(child) || Date.now() > deadline);
  if (isListening) return child;
  const how = hasEnded(child) ? howItEnded(child) : `did not listen within ${START_TIMEOUT_MS / 1000} s`;
  await stop(child);
  throw new Error(`${plan.name} ${how}: ${readLastWords(plan.logFile)} (see ${plan.logFile})`);
}

/** Starts a process and waits until it listens; throws when it ends first. Later it is kept up until it is closed. */
export async function superviseChild(plan: ChildPlan, report: Report): Promise<Child> {
  let child = await startOnce(plan);
  let startedAt = Date.now();
  let pauseMs = FIRST_PAUSE_MS;
  const closing = new AbortController();
  const reviveAfterEnd = (): void => {
    child.once("exit", () => {
      if (closing.signal.aborted) return;
      report(`${plan.name} ${howItEnded(child)}; it is started again`);
      void revive();
    });
  };
  const revive = async (): Promise<void> => {
    if (Date.now() - startedAt > SETTLED_MS) pauseMs = FIRST_PAUSE_MS;
    while (!closing.signal.aborted) {
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      if (closing.signal.aborted) return;
      startedAt = Date.now();
      try {
        child = await startOnce(plan);
        reviveAfterEnd();
        report(`${plan.name} is back`);
        if (closing.signal.aborted) await stop(child);
        return;
      } catch (error) {
        report(`${(error as Error).message}; tried again in ${pauseMs / 1000} s`);
      }
    }
  };
  reviveAfterEnd();
  return {
    name: plan.name,
    close: async () => {
      closing.abort();
      await stop(child);
    },
  };
}
