/** What the gateway's duties cost: limits, strict reading, callers, metrics and headers, against the bare engine. */
import { bareEngine, engine } from "../candidates/candidate";
import { creditCheck } from "../world/operations";
import { atLeast, type Measure } from "./measure";
import { rateRatio, runRounds } from "./rounds";

const SHARE = 0.8;

export const dutiesMeasure: Measure = {
  id: "duties",
  summary: "the gateway with limits, callers, metrics and reload, against the same engine without",
  run: async ({ rig, pace, openWorld }) => {
    const running = await openWorld("city", [engine, bareEngine]);
    const rows = await runRounds(rig, running, { workload: creditCheck.name, connections: 32, ...pace });
    const share = rateRatio(rows, engine.id, bareEngine.id);
    return [
      { title: "what the duties cost", rows, bars: [atLeast("of the bare engine's rate", SHARE, share)] },
    ];
  },
};
