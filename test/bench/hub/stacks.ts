/** The two whole systems that are compared: the hub as `npm start` runs it, and the plain stack on the same database. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabases } from "../../../gateway/cli/databases";
import { DATABASES } from "../../../gateway/cli/postgres/names";
import { repositoryRoot } from "../../../schema/root";
import { waitUntilOpen } from "../candidates/candidate";
import { ANY_CORE, type ChildProcess, endBy, findFreePort, startOnCore } from "../rig/processes";

export interface Stack {
  readonly id: string;
  readonly title: string;
  readonly port: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 30_000;
const dist = join(repositoryRoot, "dist");
/** Those that `npm start` and `npm run hub` start Node with, this process included. */
export const hubFlags = process.execArgv;

/** A running hub, and the variables by which other processes find its parts. */
export interface RunningHub extends Stack {
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
}

async function waitUntil(isThere: () => Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(100))
    if (await isThere().catch(() => false)) return;
  throw new Error(`${what} is not ready`);
}

const isOk = (port: number, path: string): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/${path}`).then(({ ok }) => ok);

async function chooseVariables(dataDir: string): Promise<Record<string, string>> {
  const names = ["HUB", "SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX", "FINANCE", "JOINT"];
  const ports = await Promise.all(names.map(async (name) => [`${name}_PORT`, String(await findFreePort())]));
  return { ...Object.fromEntries(ports), HUB_DATA_DIR: dataDir };
}

/** Starts the hub with `joint` as a process of its own: then no workers run but those that are started. */
export async function startHubWithoutWorker(dataDir: string): Promise<RunningHub> {
  const chosen = await chooseVariables(dataDir);
  const env = { ...chosen, JOINT_URL: `http://127.0.0.1:${chosen["JOINT_PORT"]}/graphql` };
  const child = startOnCore(
    ANY_CORE,
    [...hubFlags, join(dist, "gateway", "cli", "start.js"), "--no-demo"],
    env,
  );
  const port = Number(chosen["HUB_PORT"]);
  await waitUntil(() => isOk(port, "livez"), "the gateway");
  const joint = startOnCore(
    ANY_CORE,
    [...hubFlags, join(dist, "gateway", "cli", "main.js"), "subgraph", "joint"],
    chosen,
  );
  await waitUntil(() => isOk(port, "readyz"), "the hub");
  const stop = async () => {
    await endBy("SIGTERM", joint);
    await endBy("SIGTERM", child);
  };
  return { id: "hub", title: "the hub", port, pid: child.pid!, env: chosen, stop };
}

/** Starts the hub, all of it, on a data folder. */
export async function startHub(
  dataDir: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<RunningHub> {
  const env: Record<string, string> = { ...(await chooseVariables(dataDir)), ...variables };
  const child = startOnCore(
    ANY_CORE,
    [...hubFlags, join(dist, "gateway", "cli", "start.js"), "--no-demo"],
    env,
  );
  const port = Number(env["HUB_PORT"]);
  await waitUntil(() => isOk(port, "readyz"), "the hub");
  return { id: "hub", title: "the hub", port, pid: child.pid!, env, stop: () => endBy("SIGTERM", child) };
}

function writeSupergraph(dataDir: string, ports: ReadonlyMap<string, number>): string {
  let sdl = readFileSync(join(repositoryRoot, "schema", "supergraph.graphql"), "utf8");
  for (const [name, port] of ports)
    sdl = sdl.replace(
      new RegExp(`(@join__graph\\(name: "${name}", url: ")[^"]*`),
      `$1http://127.0.0.1:${port}/graphql`,
    );
  const file = join(dataDir, "plain-supergraph.graphql");
  writeFileSync(file, sdl);
  return file;
}

/** Starts the plain stack beside a running hub, whose database server it uses. */
export async function startPlainStack(dataDir: string): Promise<Stack> {
  const work = "the bench";
  const databases = await openDatabases(DATABASES, { dataDir, work, environment: {} });
  const children: ChildProcess[] = [];
  const start = async (script: string, args: readonly string[], env: Readonly<Record<string, string>>) => {
    const port = await findFreePort();
    const child = startOnCore(ANY_CORE, [script, ...args], { ...env, BENCH_PORT: String(port) });
    children.push(child);
    await waitUntilOpen(port, child);
    return port;
  };
  const ports = new Map<string, number>();
  for (const name of DATABASES) {
    const url = { [`${name.toUpperCase()}_DATABASE_URL`]: databases.urlOf(name) };
    const keys = { BENCH_KEYS_FOLDER: join(dataDir, "keys") };
    ports.set(
      name,
      await start(join(dist, "test", "bench", "plain", "main.js"), [name], { ...url, ...keys }),
    );
  }
  const gateway = join(repositoryRoot, "test", "bench", "peers", "apollo.mjs");
  const port = await start(gateway, [], { BENCH_SUPERGRAPH: writeSupergraph(dataDir, ports) });
  const stop = async () => {
    await Promise.all(children.map((child) => endBy("SIGKILL", child)));
    await databases.close();
  };
  return { id: "plain", title: "the plain stack", port, stop };
}
