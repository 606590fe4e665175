/** The whole hub as a user starts it, for end-to-end tests: own ports, own data folder, nothing left behind. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DATABASES } from "../gateway/cli/postgres/names";
import { repositoryRoot } from "../schema/root";

const READY_MS = 150_000;
const pinnedNode = join(repositoryRoot, "node_modules", "node", "bin", "node");
const dist = join(repositoryRoot, "dist");

/** Environment of a hub of one test: free ports and a new data folder. */
export interface HubPlace {
  readonly dataDir: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly remove: () => void;
}

/** A hub that runs. */
export interface TestHub {
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the exit status. */
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<number | null>;
}

/** A command that has run. */
export interface CommandResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function takeFreePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A place for a hub. */
export async function createHubPlace(): Promise<HubPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), "hub-e2e-"));
  const names = ["HUB", ...DATABASES.map((name) => name.toUpperCase())];
  const ports = await takeFreePorts(names.length);
  const pairs = names.map((name, index) => [`${name}_PORT`, String(ports[index])]);
  return {
    dataDir,
    url: `http://127.0.0.1:${ports[0]}`,
    environment: { ...Object.fromEntries(pairs), HUB_DATA_DIR: dataDir },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

function spawnNode(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/_(URL|PORT)$/.test(name)),
  );
  return spawn(pinnedNode, args, {
    env: { ...clean, ...environment, NODE_COMPILE_CACHE: join(dist, ".compile-cache") },
    // With a channel to whoever started it, as `npm run` does it (gateway/cli/bootstrap.mjs).
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

/** Runs `hub <args>` to its end. */
export async function runHubCommand(place: HubPlace, args: readonly string[]): Promise<CommandResult> {
  return startHubCommand(place, args).result;
}

/** Starts `hub <args>`. */
export function startHubCommand(
  { environment }: Pick<HubPlace, "environment">,
  args: readonly string[],
): { readonly child: ChildProcess; readonly result: Promise<CommandResult> } {
  const child = spawnNode([join(dist, "gateway", "cli", "main.js"), ...args], environment);
  let stdout = "";
  let stderr = "";
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const result = new Promise<CommandResult>((resolve) =>
    child.once("close", (status) => resolve({ status, stdout, stderr })),
  );
  return { child, result };
}

/** Starts the launcher without waiting for it to be ready. */
export function launchHub(
  { environment }: Pick<HubPlace, "environment">,
  args: readonly string[] = [],
): TestHub {
  const child = spawnNode([join(dist, "gateway", "cli", "start.js"), ...args], environment);
  let output = "";
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    pid: child.pid!,
    output: () => output,
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Waits until something holds; throws what `describe` says when it never does. */
export async function waitUntil(
  holds: () => boolean | Promise<boolean>,
  describe: () => string,
  timeoutMs = READY_MS,
): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await holds()); await sleep(100))
    if (Date.now() > deadline) throw new Error(describe());
}

/** Starts a hub and waits until it says that it is ready. */
export async function startTestHub(place: HubPlace, args: readonly string[] = []): Promise<TestHub> {
  const hub = launchHub(place, args);
  let hasEnded = false;
  void hub.ended.then(() => (hasEnded = true));
  await waitUntil(
    () => hasEnded || hub.output().includes("hub ready in"),
    () => `the hub is not ready: ${hub.output()}`,
  );
  if (hasEnded) throw new Error(`the hub did not start: ${hub.output()}`);
  return hub;
}

/** Asks the gateway; throws when it answers with errors and `data` is missing. */
export async function ask<Data>(place: HubPlace, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${place.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Every process whose command line or whose environment's data folder is that of a place. */
export function processesOf({ dataDir }: HubPlace): readonly Process[] {
  const { stdout } = spawnSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || !command) return [];
    const belongs =
      command.includes(dataDir) || environmentOf(Number(pid)).includes(`HUB_DATA_DIR=${dataDir}\0`);
    return belongs ? [{ pid: Number(pid), command }] : [];
  });
}

function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

/** The process of a department's subgraph. */
export function subgraphProcess(place: HubPlace, name: string): number {
  const found = processesOf(place).find(({ command }) => command.includes(`subgraphs/${name}/main.js`));
  if (!found) throw new Error(`the ${name} subgraph does not run`);
  return found.pid;
}

/** The process of the database server. */
export function postgresProcess({ dataDir }: HubPlace): number {
  return Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
}
