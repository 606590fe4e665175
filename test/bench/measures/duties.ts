/** What the gateway's duties cost: limits, strict reading, callers, metrics, headers and traces, against the bare engine. */
import { bareEngine, type Candidate, engine } from "../candidates/candidate";
import { startCollector } from "../rig/collector";
import { creditCheck } from "../world/operations";
import { atLeast, type Bench, type Measure, type MeasureResult } from "./measure";
import { rateRatio, runRounds } from "./rounds";

const SHARE = 0.8;

async function race({ rig, pace, openWorld }: Bench, traced: Candidate): Promise<readonly MeasureResult[]> {
  const running = await openWorld("city", [engine, traced, bareEngine]);
  const rows = await runRounds(rig, running, { workload: creditCheck.name, connections: 32, ...pace });
  const bars = [engine, traced].map(({ id, title }) =>
    atLeast(`of the bare engine's rate, ${title}`, SHARE, rateRatio(rows, id, bareEngine.id)),
  );
  return [{ title: "what the duties cost", rows, bars }];
}

export const dutiesMeasure: Measure = {
  id: "duties",
  summary: "the gateway with limits, callers, metrics, traces and reload, against the same engine without",
  run: async (bench) => {
    const collector = await startCollector();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const traced = { ...engine, id: "engine-traced", title: "one request in ten traced", env };
    try {
      return await race(bench, traced);
    } finally {
      collector.stop();
    }
  },
};
