/** The server process: started, watched, started again when it dies, stopped. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterOwner } from "./cluster";
import { clearLeftover, isAlive, readPidFile, stopServer } from "./leftover";
import { serverFlags } from "./settings";

const POLL_MS = 10;
const START_TIMEOUT_MS = 60_000;
const LOG_BYTES_MAX = 10_000_000;
const START_ATTEMPTS_MAX = 5;
const RETRY_PAUSE_MS = 500;

/** The server ended without having been told to. */
export interface ServerCrash {
  readonly reason: string;
  readonly restarted: boolean;
}

/** How a server is run. */
export interface ServerOptions {
  readonly logFile: string;
  readonly durable: boolean;
  readonly port?: number;
  readonly onCrash?: (crash: ServerCrash) => void;
}

/** A server under watch. */
export interface Server {
  readonly port: number;
  readonly close: () => Promise<void>;
}

class StartRefused extends Error {}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readFatal(logFile: string, from: number): string {
  const lines = readFileSync(logFile).subarray(from).toString("utf8").split("\n");
  const fatal = lines.filter((line) => /FATAL|PANIC/.test(line)).at(-1) ?? lines.filter(Boolean).at(-1);
  return fatal?.replace(/^.*?(FATAL|PANIC):\s*/, "") ?? "it said nothing";
}

// Outlives a hub that is killed: when the hub's end of the pipe closes without a word, it stops the server.
function watchOver(child: ChildProcess): () => void {
  const script = 'read -r word && exit 0; kill -INT "$1"';
  const watch = spawn("/bin/sh", ["-c", script, "hub-watch", String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watch.unref();
  watch.stdin.on("error", () => undefined);
  (watch.stdin as unknown as { unref(): void }).unref();
  return () => watch.stdin.end("done\n");
}

async function waitUntilReady(child: ChildProcess, clusterDir: string): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    if (child.exitCode !== null || child.signalCode !== null) throw new StartRefused();
    const found = readPidFile(clusterDir);
    if (found?.pid === child.pid && found?.status === "ready") return;
  }
  child.kill("SIGQUIT");
  throw new Error(`PostgreSQL was not ready within ${START_TIMEOUT_MS / 1000} s`);
}

async function startOnce(
  { binaries, clusterDir, account }: ClusterOwner,
  port: number,
  { logFile, durable }: ServerOptions,
): Promise<ChildProcess> {
  if (sizeOf(logFile) > LOG_BYTES_MAX) truncateSync(logFile);
  const logStart = sizeOf(logFile);
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(binaries.postgres, serverFlags(clusterDir, port, { durable }), {
    ...account,
    cwd: clusterDir,
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    stdio: ["ignore", log, log],
    // A process group of its own: Ctrl-C in the terminal reaches the hub, which drains before it stops the server.
    detached: true,
  });
  closeSync(log);
  child.unref();
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const dismissWatch = watchOver(child);
  child.once("exit", dismissWatch);
  try {
    await waitUntilReady(child, clusterDir);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    throw new StartRefused(`PostgreSQL did not start: ${readFatal(logFile, logStart)}`);
  }
  return child;
}

// Sessions of a killed server hold its memory for a moment, and a free port may be taken before it is bound.
async function startPatiently(owner: ClusterOwner, options: ServerOptions): Promise<[ChildProcess, number]> {
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    try {
      return [await startOnce(owner, port, options), port];
    } catch (error) {
      if (!(error instanceof StartRefused) || attempt === START_ATTEMPTS_MAX) throw error;
      await sleep(RETRY_PAUSE_MS);
    }
  }
}

/** Starts the server and keeps it up until it is closed; a crash is followed by a start on the same port. */
export async function superviseServer(owner: ClusterOwner, options: ServerOptions): Promise<Server> {
  await clearLeftover(owner.clusterDir);
  const [first, port] = await startPatiently(owner, options);
  let child = first;
  let closing: Promise<void> | undefined;
  const superviseNext = (): void => {
    child.once("exit", (code, signal) => void (closing ?? restart(`exit ${signal ?? code}`)));
  };
  const restart = async (reason: string): Promise<void> => {
    try {
      [child] = await startPatiently(owner, { ...options, port });
      superviseNext();
      options.onCrash?.({ reason, restarted: true });
      if (closing) await stopServer(child.pid!);
    } catch (error) {
      options.onCrash?.({ reason: `${reason}; ${(error as Error).message}`, restarted: false });
    }
  };
  superviseNext();
  const close = async (): Promise<void> => {
    if (isAlive(child.pid!)) await stopServer(child.pid!);
  };
  return { port, close: () => (closing ??= close()) };
}
