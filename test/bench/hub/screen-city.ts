/** Screens a whole city with the hub's own command, alone or with more workers, and watches what it costs. */
import { connect, createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import { ANY_CORE, startOnCore, type ChildProcess } from "../rig/processes";
import { usageOf } from "../rig/usage";
import type { RunningHub } from "./stacks";

const command = join(repositoryRoot, "dist", "gateway", "cli", "main.js");
const AS_OF = "2026-11-01";
const WATCH_MS = 200;
const WORKER_LOADS_MS = 6_000;

/** What a screening cost: everybody's CPU, and the memory of the largest process. */
export interface ScreeningCost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", resolve));
}

/** Runs `hub screen --all` beside a running hub and other workers. Throws when it does not finish. */
export async function screenCity(
  { pid, env }: RunningHub,
  variables: Readonly<Record<string, string>> = {},
  others: readonly ChildProcess[] = [],
): Promise<ScreeningCost> {
  const out = join(dirname(env["HUB_DATA_DIR"]!), "screened.csv");
  const roots = [pid, ...others.map((other) => other.pid!)];
  const before = usageOf(roots);
  const startedAt = performance.now();
  const args = [command, "screen", "--purpose", "LOAN", "--all", "--as-of", AS_OF, "--out", out];
  const child = startOnCore(ANY_CORE, args, { ...env, ...variables });
  const end = ended(child);
  let last = before;
  let isOver = false;
  void end.then(() => (isOver = true));
  while (!isOver) {
    const now = usageOf([...roots, child.pid!]);
    if (now.cpuSeconds >= last.cpuSeconds) last = now;
    await Promise.race([end, sleep(WATCH_MS)]);
  }
  if ((await end) !== 0) throw new Error("the screening did not finish");
  return {
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: last.cpuSeconds - before.cpuSeconds,
    peakMegabytes: last.peakMegabytes,
  };
}

/** Another worker, ready to take slices. */
export async function startWorker(
  { env }: RunningHub,
  variables: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const child = startOnCore(ANY_CORE, [command, "worker"], { ...env, ...variables });
  // It says nothing that could be read here; loading takes a second or two.
  await sleep(WORKER_LOADS_MS);
  return child;
}

/** Tells a worker to stop and waits until its slices are finished. */
export async function stopWorker(worker: ChildProcess): Promise<void> {
  const end = ended(worker);
  worker.kill("SIGTERM");
  await end;
}

/** A way to a port on which everything that is sent arrives later. */
export interface SlowWay {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Opens a slow way: what is answered comes back at once. */
export async function openSlowWay(port: number, delayMs: number): Promise<SlowWay> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.on("data", (bytes) => setTimeout(() => far.write(bytes), delayMs));
    far.on("data", (bytes) => near.write(bytes));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
