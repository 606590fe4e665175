/** `npm run bench [-- measure ...]`: runs the measures one after the other and writes figures and a chart. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../../schema/root";
import { CANDIDATES } from "./candidates/candidate";
import { drawChart } from "./chart";
import type { Bench, Measure, MeasureResult, Pace } from "./measures/measure";
import { MEASURES } from "./measures/registry";
import { installPeers } from "./peers";
import { printResult } from "./print";
import { startRig } from "./rig/control";
import { canPin } from "./rig/processes";
import { createWorldOpener } from "./worlds";

const FULL: Pace = { rounds: 7, roundMs: 2_000, warmUpMs: 4_000 };
const QUICK: Pace = { rounds: 3, roundMs: 1_000, warmUpMs: 2_000 };
const options = {
  quick: { type: "boolean", default: false },
  candidates: { type: "string" },
  minutes: { type: "string", default: "60" },
} as const;
const resultsFolder = join(repositoryRoot, "test", "bench", "results");

const usage = (): string =>
  [
    "usage: npm run bench -- [measure ...] [--quick] [--candidates id,id] [--minutes N]",
    ...MEASURES.map(({ id, summary }) => `  ${id.padEnd(14)} ${summary}`),
    `candidates: ${CANDIDATES.map(({ id }) => id).join(", ")}`,
  ].join("\n");

function writeResults(results: Readonly<Record<string, readonly MeasureResult[]>>): void {
  const machine = {
    cpus: cpus().map(({ model }) => model),
    kernel: release(),
    node: process.version,
    pinned: canPin,
  };
  mkdirSync(resultsFolder, { recursive: true });
  for (const [id, result] of Object.entries(results)) {
    const json = JSON.stringify(
      { measure: id, measuredAt: new Date().toISOString(), machine, results: result },
      null,
      2,
    );
    writeFileSync(join(resultsFolder, `${id}.json`), `${json}\n`);
    writeFileSync(join(resultsFolder, `${id}.svg`), drawChart(result));
  }
}

async function runMeasure(
  measure: Measure,
  bench: Pick<Bench, "pace" | "candidates" | "minutes">,
): Promise<readonly MeasureResult[]> {
  const rig = startRig();
  const { openWorld, startBeside, stop } = createWorldOpener(rig);
  try {
    return await measure.run({ ...bench, rig, openWorld, startBeside });
  } finally {
    await stop();
    rig.stop();
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals: names } = parseArgs({ args: [...args], options, allowPositionals: true });
  const wanted = values.candidates?.split(",");
  const measures = MEASURES.filter(({ id, isLong }) => (names.length === 0 ? !isLong : names.includes(id)));
  if (names.includes("list") || measures.length < names.length) {
    console.log(usage());
    return names.includes("list") ? 0 : 2;
  }
  const candidates = CANDIDATES.filter(({ id }) => !wanted || wanted.includes(id));
  if (candidates.some(({ isPeer }) => isPeer)) installPeers();
  let missed = 0;
  for (const measure of measures) {
    const pace = values.quick ? QUICK : FULL;
    const results = await runMeasure(measure, { candidates, pace, minutes: Number(values.minutes) });
    writeResults({ [measure.id]: results });
    results.forEach(printResult);
    missed += results.flatMap(({ bars }) => bars).filter(({ met }) => !met).length;
  }
  console.log(missed === 0 ? "bench: every bar is met" : `bench: ${missed} bars are missed`);
  return missed === 0 ? 0 : 1;
}

// An exit ends the processes that were started; a signal alone would leave gateways and databases behind.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
