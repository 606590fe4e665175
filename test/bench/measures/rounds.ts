/** Candidates in turn, in short rounds, so that a noisy neighbour hits all of them alike; medians of the rounds. */
import type { RunningCandidate } from "../candidates/candidate";
import type { Rig } from "../rig/control";
import { coreBusySeconds, cpuSecondsOf, GATEWAY_CORE } from "../rig/processes";
import { median, type Pace, type Row } from "./measure";

/** What one round tells of one candidate. */
export interface Figures {
  readonly requestsPerSecond: number;
  /** CPU of the gateway process per request: what stays true when neighbours take part of its core. */
  readonly cpuMsPerRequest: number;
  /** Share of its core that the gateway used. With `coreOfOthers` it makes 1 when the gateway was the limit. */
  readonly coreUsed: number;
  /** Share of the gateway's core that other processes took: the noise. */
  readonly coreOfOthers: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Who asks what, from how many connections. */
export interface Traffic {
  readonly workload: string;
  readonly connections: number;
}

async function runRound(rig: Rig, candidate: RunningCandidate, order: Traffic & Pace): Promise<Figures> {
  const { workload, connections, roundMs: durationMs } = order;
  const gatewayBefore = cpuSecondsOf(candidate.pid);
  const coreBefore = coreBusySeconds(GATEWAY_CORE);
  const result = await rig.load({ port: candidate.port, workload, connections, durationMs });
  const gatewaySeconds = cpuSecondsOf(candidate.pid) - gatewayBefore;
  const othersSeconds = coreBusySeconds(GATEWAY_CORE) - coreBefore - gatewaySeconds;
  const odd = result.wrong + result.refused;
  if (odd > 0) throw new Error(`${candidate.title}: ${odd} wrong answers under load: ${result.firstOddity}`);
  const seconds = result.elapsedMs / 1000;
  return {
    requestsPerSecond: result.completed / seconds,
    cpuMsPerRequest: (gatewaySeconds * 1000) / result.completed,
    coreUsed: gatewaySeconds / seconds,
    coreOfOthers: Math.max(0, othersSeconds / seconds),
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
  };
}

function mediansOf(rounds: readonly Figures[]): Record<string, number> {
  const names = Object.keys(rounds[0]!) as (keyof Figures)[];
  const rates = rounds.map((round) => round.requestsPerSecond);
  const figures = Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => round[name]))]));
  return { ...figures, spread: (Math.max(...rates) - Math.min(...rates)) / figures.requestsPerSecond! };
}

/** Asks every body of a workload of each candidate; throws at the first answer that is not the first candidate's. */
export async function checkAgreement(
  rig: Rig,
  candidates: readonly RunningCandidate[],
  workload: string,
): Promise<void> {
  for (const { port, title } of candidates) {
    const { firstDifference } = await rig.agree({ port, workload });
    if (firstDifference) throw new Error(`${title} answers otherwise: ${firstDifference}`);
  }
}

/** Checks that all candidates answer alike, warms each, runs the rounds: a row of medians for each. */
export async function runRounds(
  rig: Rig,
  candidates: readonly RunningCandidate[],
  order: Traffic & Pace,
): Promise<readonly Row[]> {
  const { workload, connections, warmUpMs: durationMs } = order;
  await checkAgreement(rig, candidates, workload);
  for (const { port } of candidates) await rig.load({ port, workload, connections, durationMs });
  const rounds = new Map<string, Figures[]>(candidates.map(({ id }) => [id, []]));
  for (let round = 0; round < order.rounds; round++) {
    for (const candidate of candidates) rounds.get(candidate.id)!.push(await runRound(rig, candidate, order));
  }
  return candidates.map(({ id, title }) => ({ id, title, figures: mediansOf(rounds.get(id)!) }));
}

/** How many times the rate of another candidate the first has; NaN when one of them did not take part. */
export function rateRatio(rows: readonly Row[], id: string, otherId: string): number {
  const rateOf = (wanted: string) => rows.find((row) => row.id === wanted)?.figures.requestsPerSecond ?? NaN;
  return rateOf(id) / rateOf(otherId);
}
