/** Whole cities screened with `hub screen`: what an enterprise costs, whether that grows, and what a second worker is worth. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fillCity } from "../hub/city-data";
import { openSlowWay, screenCity, startWorker, stopWorker, type ScreeningCost } from "../hub/screen-city";
import { startHub, startHubWithoutWorker, type RunningHub } from "../hub/stacks";
import { atLeast, atMost, type Measure, type MeasureResult, type Pace, type Row } from "./measure";

const SMALL = 10_000;
const LARGE = 100_000;
/** 500,000 enterprises in 120 s. */
const PER_SECOND = 500_000 / 120;
const MEGABYTES_MAX = 1_000;
// What is loaded and warmed up once weighs more on a small city; growth beyond the large one's noise is not linear.
const GROWTH_MAX = 1.1;
const TWO_WORKERS_TIMES = 1.7;
/** As the bar has it, and so late that the workers wait instead of the two cores working. */
const DELAYS_MS = [20, 1_500];

async function onCity<Result>(
  enterprises: number,
  start: (dataDir: string) => Promise<RunningHub>,
  work: (hub: RunningHub) => Promise<Result>,
): Promise<Result> {
  const { dataDir } = fillCity(enterprises);
  try {
    const hub = await start(dataDir);
    try {
      return await work(hub);
    } finally {
      await hub.stop();
    }
  } finally {
    rmSync(dirname(dataDir), { recursive: true, force: true });
  }
}

function toRow(id: string, enterprises: number, { seconds, cpuSeconds, peakMegabytes }: ScreeningCost): Row {
  const figures = {
    seconds,
    enterprisesPerSecond: enterprises / seconds,
    cpuMsPerEnterprise: (cpuSeconds * 1000) / enterprises,
    peakMegabytes,
  };
  return { id, title: id, figures };
}

async function measureCost(sizes: readonly number[]): Promise<MeasureResult> {
  const rows: Row[] = [];
  for (const size of sizes) {
    const cost = await onCity(
      size,
      (dataDir) => startHub(dataDir),
      (hub) => screenCity(hub),
    );
    rows.push(toRow(`${size} enterprises`, size, cost));
  }
  const of = (name: string) => rows.map(({ figures }) => figures[name]!);
  const [first, ...others] = of("cpuMsPerEnterprise");
  return {
    title: "hub screen --all on two cores, all processes and PostgreSQL together",
    rows,
    bars: [
      atLeast("enterprises a second", PER_SECOND, of("enterprisesPerSecond").at(-1)!),
      atMost("MB in the largest process", MEGABYTES_MAX, Math.max(...of("peakMegabytes"))),
      ...others.map((cost) =>
        atMost("times the CPU of an enterprise of the smallest city", GROWTH_MAX, cost / first!),
      ),
    ],
    notes: ["seconds count from the command to the finished file, with its start of two to four seconds."],
  };
}

async function measureWorkers(enterprises: number): Promise<MeasureResult> {
  const rows: Row[] = [];
  const gains = await onCity(enterprises, startHubWithoutWorker, async (hub) => {
    const found: number[] = [];
    await screenCity(hub); // Departments that have just started would make the first figure worse than the others.
    for (const delayMs of DELAYS_MS) {
      const slow = await openSlowWay(Number(hub.env["TAX_PORT"]), delayMs);
      const variables = { TAX_URL: `http://127.0.0.1:${slow.port}/graphql` };
      const one = await screenCity(hub, variables);
      const other = await startWorker(hub, variables);
      const two = await screenCity(hub, variables, [other]);
      await stopWorker(other);
      await slow.stop();
      rows.push(toRow(`one worker, tax ${delayMs} ms late`, enterprises, one));
      rows.push(toRow(`two workers, tax ${delayMs} ms late`, enterprises, two));
      found.push(one.seconds / two.seconds);
    }
    return found;
  });
  return {
    title: `one worker and two, ${enterprises} enterprises`,
    rows,
    bars: gains.map((gain, index) =>
      atLeast(`times faster with two, tax ${DELAYS_MS[index]} ms late`, TWO_WORKERS_TIMES, gain),
    ),
    notes: [
      "Both workers share the two cores with everybody else; the seconds include the start of the command.",
    ],
  };
}

const sizesFor = ({ rounds }: Pace): readonly number[] => (rounds > 3 ? [SMALL, LARGE] : [SMALL]);

export const screeningMeasure: Measure = {
  id: "screening",
  summary: `whole cities of ${SMALL} and ${LARGE} enterprises screened; one worker and two`,
  run: async ({ pace }) => {
    const sizes = sizesFor(pace);
    return [await measureCost(sizes), await measureWorkers(sizes.at(-1)! / 2)];
  },
};
