/** Candidates in turn, in short rounds, so that a noisy neighbour hits all of them alike; medians of the rounds. */
import type { RunningCandidate } from "../candidates/candidate";
import type { Rig } from "../rig/control";
import { cpuSecondsOf } from "../rig/processes";

export interface Figures {
  readonly requestsPerSecond: number;
  /** CPU of the gateway process per request; what is left when neighbours take part of its core. */
  readonly cpuMsPerRequest: number;
  /** Share of the gateway's core that it used: below 0.9 something else was the limit. */
  readonly coreUsed: number;
  readonly rigCoreUsed: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface RoundPlan {
  readonly workload: string;
  readonly connections: number;
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

async function runRound(rig: Rig, candidate: RunningCandidate, plan: RoundPlan): Promise<Figures> {
  const gatewayBefore = cpuSecondsOf(candidate.pid);
  const rigBefore = cpuSecondsOf(rig.pid);
  const { workload, connections, roundMs: durationMs } = plan;
  const result = await rig.load({ port: candidate.port, workload, connections, durationMs });
  if (result.wrong > 0) throw new Error(`${candidate.title}: ${result.wrong} wrong answers under load`);
  const gatewayCpu = cpuSecondsOf(candidate.pid) - gatewayBefore;
  return {
    requestsPerSecond: (result.completed * 1000) / result.elapsedMs,
    cpuMsPerRequest: (gatewayCpu * 1000) / result.completed,
    coreUsed: (gatewayCpu * 1000) / result.elapsedMs,
    rigCoreUsed: ((cpuSecondsOf(rig.pid) - rigBefore) * 1000) / result.elapsedMs,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
  };
}

function medians(rounds: readonly Figures[]): Figures {
  const names = Object.keys(rounds[0]!) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => round[name]))])) as unknown as Figures;
}

/** Checks that all candidates answer alike, warms each, and runs the rounds; the figures by candidate id. */
export async function runRounds(
  rig: Rig,
  candidates: readonly RunningCandidate[],
  plan: RoundPlan,
): Promise<ReadonlyMap<string, Figures>> {
  const { workload, connections, warmUpMs: durationMs } = plan;
  for (const { port, title } of candidates) {
    const { firstDifference } = await rig.agree({ port, workload });
    if (firstDifference) throw new Error(`${title} answers otherwise: ${firstDifference}`);
  }
  for (const { port } of candidates) await rig.load({ port, workload, connections, durationMs });
  const rounds = new Map<string, Figures[]>(candidates.map(({ id }) => [id, []]));
  for (let round = 0; round < plan.rounds; round++) {
    for (const candidate of candidates) rounds.get(candidate.id)!.push(await runRound(rig, candidate, plan));
  }
  return new Map([...rounds].map(([id, figures]) => [id, medians(figures)]));
}
