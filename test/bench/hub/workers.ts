/** Screenings answered by workers alone, which can be made as slow as if each stood on a small machine of its own. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import { ANY_CORE, endBy, startOnCore } from "../rig/processes";
import { usageOf } from "../rig/usage";
import { AS_OF } from "./contest";
import type { ScreeningCost } from "./screen-city";
import { hubFlags, type RunningHub } from "./stacks";

const command = join(repositoryRoot, "dist", "gateway", "cli", "main.js");
// It says nothing that could be read here; loading takes a second or two.
const LOADS_MS = 6_000;
// Of every tenth of a second a small machine works a fifth: what all workers share then is never the limit.
const WORKS_MS = 20;
const RESTS_MS = 80;
const WATCH_MS = 200;

/** A worker that is ready to take slices. */
export interface Worker {
  readonly pid: number;
  /** From now on it works as on a small machine. Those of different `turn` (0 to 4) never work at once. */
  readonly slowDown: (turn: number) => void;
  /** The slices in its hands are finished first. */
  readonly stop: () => Promise<void>;
}

/** Starts a worker, which finds the parts of the hub by `variables`. */
export async function startWorker(variables: Readonly<Record<string, string>>): Promise<Worker> {
  const worker = startOnCore(ANY_CORE, [...hubFlags, command, "worker"], variables);
  await sleep(LOADS_MS);
  let rests: NodeJS.Timeout | undefined;
  return {
    pid: worker.pid!,
    slowDown(turn) {
      const rest = () => {
        worker.kill("SIGSTOP");
        setTimeout(() => worker.kill("SIGCONT"), RESTS_MS);
      };
      setTimeout(() => (rests = setInterval(rest, WORKS_MS + RESTS_MS)), turn * WORKS_MS);
    },
    stop: () => {
      clearInterval(rests);
      worker.kill("SIGCONT");
      return endBy("SIGTERM", worker);
    },
  };
}

interface Progress {
  readonly id: string;
  readonly state: string;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
}

const PROGRESS = "{ id state requestedAt finishedAt }";
const START = `mutation Start($asOf: LocalDate) {
  screening: startScreening(input: { purpose: LOAN, all: true, asOf: $asOf }) ${PROGRESS}
}`;
const WATCH = `query Watch($id: ID!) { screening(id: $id) ${PROGRESS} }`;

async function askForScreening(port: number, query: string, variables: object): Promise<Progress> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: { screening: Progress | null } | null };
  if (answer.data?.screening) return answer.data.screening;
  throw new Error(`the screening cannot be asked for: ${JSON.stringify(answer)}`);
}

/** Screens the whole city by these workers; the seconds count from the request to the last decision. */
export async function screenByWorkers(
  { pid, port }: RunningHub,
  workers: readonly Worker[],
): Promise<ScreeningCost> {
  const pids = [pid, ...workers.map((worker) => worker.pid)];
  const before = usageOf(pids);
  let screening = await askForScreening(port, START, { asOf: AS_OF });
  while (screening.finishedAt === null) {
    await sleep(WATCH_MS);
    screening = await askForScreening(port, WATCH, { id: screening.id });
  }
  const after = usageOf(pids);
  return {
    seconds: (Date.parse(screening.finishedAt) - Date.parse(screening.requestedAt)) / 1000,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    peakMegabytes: after.peakMegabytes,
  };
}
