/** What is measured: a gateway process on core 0, by the command that starts it. */
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import { findFreePort, GATEWAY_CORE, startOnCore, type ChildProcess } from "../rig/processes";

export interface Candidate {
  readonly id: string;
  readonly title: string;
  /** Peers are installed on demand from the bench's own package.json. */
  readonly isPeer: boolean;
  /** Arguments for Node; the port and the supergraph file are also in BENCH_PORT and BENCH_SUPERGRAPH. */
  readonly args: (start: CandidateStart) => readonly string[];
  /** Variables beside those that every candidate is given. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CandidateStart {
  readonly port: number;
  readonly supergraphFile: string;
  /** URLs by subgraph name, for the candidate that has no supergraph. */
  readonly subgraphs: Readonly<Record<string, string>>;
}

export interface RunningCandidate extends Candidate {
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first accepted connection. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const peer = (file: string) => () => [join(repositoryRoot, "test", "bench", "peers", file)];
const compiled = (...path: readonly string[]) => join(repositoryRoot, "dist", ...path);
/** Those that `npm run` starts everything with, this process included. */
const flags = process.execArgv;

export const engine: Candidate = {
  id: "engine",
  title: "the hub's engine",
  isPeer: false,
  args: ({ port, supergraphFile }) => [
    ...flags,
    compiled("gateway", "main.js"),
    ...["--supergraph", supergraphFile, "--port", String(port), "--open"],
  ],
};

export const handWritten: Candidate = {
  id: "hand-written",
  title: "hand-written fan-out (the limit)",
  isPeer: false,
  args: () => [...flags, compiled("test", "bench", "candidates", "hand-written.js")],
};

/** Takes part in one measure only: it is no gateway that anybody should run. */
export const bareEngine: Candidate = {
  id: "engine-bare",
  title: "the engine alone",
  isPeer: false,
  args: () => [...flags, compiled("test", "bench", "candidates", "bare-engine.js")],
};

export const hiveTuned: Candidate = {
  id: "hive-tuned",
  title: "Hive Gateway, Rust planner, tuned",
  isPeer: true,
  args: () => [...flags, ...peer("hive-tuned.mjs")()],
};

export const hive: Candidate = {
  id: "hive",
  title: "Hive Gateway, Rust planner",
  isPeer: true,
  args: peer("hive.mjs"),
};

export const apollo: Candidate = {
  id: "apollo",
  title: "Apollo Gateway",
  isPeer: true,
  args: peer("apollo.mjs"),
};

/** All, in the order of the report. */
export const CANDIDATES: readonly Candidate[] = [engine, handWritten, hiveTuned, hive, apollo];

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve((socket.destroy(), true)));
    socket.on("error", () => resolve(false));
  });
}

/** Resolves when a process takes connections; throws when it ends instead, or takes too long. */
export async function waitUntilOpen(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`${child.spawnargs.join(" ")} ended with status ${child.exitCode}`);
    if (Date.now() > deadline) throw new Error(`${child.spawnargs.join(" ")} does not start`);
    await sleep(5);
  }
}

/** Starts a candidate on core 0 and waits until it takes connections. */
export async function startCandidate(
  candidate: Candidate,
  world: Omit<CandidateStart, "port">,
): Promise<RunningCandidate> {
  const port = await findFreePort();
  const started = performance.now();
  const child = startOnCore(GATEWAY_CORE, candidate.args({ ...world, port }), {
    BENCH_PORT: String(port),
    BENCH_SUPERGRAPH: world.supergraphFile,
    BENCH_SUBGRAPHS: JSON.stringify(world.subgraphs),
    ...candidate.env,
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  await waitUntilOpen(port, child);
  return {
    ...candidate,
    port,
    pid: child.pid!,
    readyMs: performance.now() - started,
    stop: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
