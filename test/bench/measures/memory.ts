/** Whether the memory of a whole hub stays flat while random requests, good and bad, come at a steady rate for an hour. */
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repositoryRoot } from "../../../schema/root";
import { withCity } from "../hub/city-data";
import { startHub, type RunningHub } from "../hub/stacks";
import { sampleHub, type Sample } from "../memory/memory-samples";
import { createRandomRequests } from "../memory/random-requests";
import { startTraffic, type Tally } from "../memory/steady-traffic";
import { usageOf } from "../rig/usage";
import { atMost, median, type Measure, type MeasureResult, type Row } from "./measure";

const ENTERPRISES = 1_500;
const SEED = 11;
const PER_SECOND = 60;
const SAMPLE_MS = 5_000;
/** Small, so that caches are full long before the half hour and have to let go from then on. */
const CACHE_MEGABYTES = "4";
/** What the last quarter may hold more than the second; what is kept per request would double it. */
const GROWTH_MAX = 1.1;
/** Below this, a tenth is the noise of a garbage collector. */
const MEGABYTES_OF_NOISE = 5;

/** Each sample as it is taken, for whoever does not want to wait an hour. */
const samplesFile = join(repositoryRoot, "test", "bench", "results", "memory-samples.ndjson");

interface Watched {
  readonly samples: readonly Sample[];
  readonly tally: Tally;
  readonly coresUsed: number;
}

async function watch(hub: RunningHub, creditCodes: readonly string[], minutes: number): Promise<Watched> {
  const draw = createRandomRequests({ creditCodes, seed: SEED });
  const traffic = startTraffic({ port: hub.port, perSecond: PER_SECOND, draw });
  const cpuBefore = usageOf([hub.pid]).cpuSeconds;
  const samples: Sample[] = [];
  mkdirSync(dirname(samplesFile), { recursive: true });
  rmSync(samplesFile, { force: true });
  try {
    for (let taken = 0; taken < (minutes * 60_000) / SAMPLE_MS; taken++) {
      await sleep(SAMPLE_MS);
      const sample = await sampleHub(hub);
      samples.push(sample);
      appendFileSync(samplesFile, `${JSON.stringify(sample)}\n`);
    }
  } finally {
    await traffic.stop();
  }
  const coresUsed = (usageOf([hub.pid]).cpuSeconds - cpuBefore) / (minutes * 60);
  return { samples, tally: traffic.tally, coresUsed };
}

interface Statistic {
  readonly title: string;
  readonly of: (values: readonly number[]) => number;
}

const ascending = (values: readonly number[]): readonly number[] =>
  [...values].sort((one, other) => one - other);
const tenthOf = (values: readonly number[]): number => Math.ceil(values.length / 10);

/** A heap rises until it is collected: what it holds is what is left then. */
const AFTER_COLLECTIONS: Statistic = {
  title: "",
  of: (values) => median(ascending(values).slice(0, tenthOf(values))),
};
/** Pages are given back now and then, by half, and taken again: their middle tells which part of that saw a quarter caught. */
const PAGES: readonly Statistic[] = [
  { title: "", of: median },
  { title: ", highest tenth", of: (values) => median(ascending(values).slice(-tenthOf(values))) },
];

function toRow(part: string, samples: readonly Sample[], statistic: Statistic): Row {
  const quarter = Math.floor(samples.length / 4);
  const [first, second, third, last] = [0, 1, 2, 3].map((index) =>
    statistic.of(samples.slice(index * quarter, (index + 1) * quarter).map((sample) => sample[part] ?? 0)),
  );
  const figures = {
    lastQuarterMB: last!,
    firstQuarterMB: first!,
    secondQuarterMB: second!,
    thirdQuarterMB: third!,
  };
  const title = part + statistic.title;
  return { id: part.startsWith("gateway") ? `hub ${title}` : title, title, figures };
}

function toResult({ samples, tally, coresUsed }: Watched, minutes: number): MeasureResult {
  const rows = Object.keys(samples.at(-1)!).flatMap((part) =>
    (part.endsWith("heap") ? [AFTER_COLLECTIONS] : PAGES).map((statistic) => toRow(part, samples, statistic)),
  );
  const growthOf = ({ figures }: Row) =>
    (figures["lastQuarterMB"]! - MEGABYTES_OF_NOISE) / figures["secondQuarterMB"]!;
  const endings = [...tally].map(([kind, counts]) => `${kind}: ${JSON.stringify(counts)}`);
  const failed = [...tally.values()].reduce((sum, counts) => sum + counts.failed, 0);
  return {
    title: `memory of the whole hub over ${minutes} minutes of random requests, ${PER_SECOND} a second`,
    rows,
    bars: [
      ...rows.map((row) =>
        atMost(`times the second quarter in the last, ${row.title}`, GROWTH_MAX, growthOf(row)),
      ),
      atMost("requests failed", 0, failed),
    ],
    notes: [`the hub used ${coresUsed.toFixed(2)} cores`, ...endings],
  };
}

export const memoryMeasure: Measure = {
  id: "memory",
  summary: "memory of the whole hub under random requests, flat over --minutes (60 unless given)",
  isLong: true,
  run: ({ minutes }) =>
    withCity(ENTERPRISES, async ({ dataDir, creditCodes }) => {
      const hub = await startHub(dataDir, { HUB_CACHE_MEGABYTES: CACHE_MEGABYTES });
      const watched = await watch(hub, creditCodes, minutes).finally(hub.stop);
      return [toResult(watched, minutes)];
    }),
};
