/** The credit check and the batch of 100, saturated: every gateway on the same subgraphs, one core each. */
import { engine } from "../candidates/candidate";
import { batchOf100, creditCheck } from "../world/operations";
import { atLeast, type Bar, type Measure, type Row } from "./measure";
import { rateRatio, runRounds, type Traffic } from "./rounds";

interface Contest extends Traffic {
  /** How many times the rate of each other candidate ours must have. */
  readonly bars: Readonly<Record<string, number>>;
}

const contests: readonly Contest[] = [
  {
    workload: creditCheck.name,
    connections: 32,
    bars: { hive: 10, apollo: 15, "hive-tuned": 4, "hand-written": 0.95 },
  },
  { workload: batchOf100.name, connections: 8, bars: { hive: 5, "hand-written": 0.8 } },
];

function barsOf(rows: readonly Row[], bars: Contest["bars"]): Bar[] {
  return Object.entries(bars).flatMap(([id, times]) => {
    const other = rows.find((row) => row.id === id);
    return other && rows.some((row) => row.id === engine.id)
      ? [atLeast(`times ${other.title}`, times, rateRatio(rows, engine.id, id))]
      : [];
  });
}

export const gatewayMeasure: Measure = {
  id: "gateway",
  summary:
    "credit check and batch of 100, saturated, against Apollo Gateway, Hive Gateway and a hand-written fan-out",
  run: async ({ rig, pace, candidates, openWorld }) => {
    const running = await openWorld("city", candidates);
    const results = [];
    for (const { bars, ...traffic } of contests) {
      const rows = await runRounds(rig, running, { ...traffic, ...pace });
      results.push({ title: `${traffic.workload}, gateway on one core`, rows, bars: barsOf(rows, bars) });
    }
    return results;
  },
};
