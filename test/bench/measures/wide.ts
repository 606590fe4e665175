/** A province's supergraph: 200 subgraphs and 5,000 types must load fast and cost nothing once an operation is known. */
import { engine } from "../candidates/candidate";
import { creditCheck } from "../world/operations";
import { atMost, type Measure } from "./measure";
import { runRounds } from "./rounds";

const LOAD_MS = 3_000;
/** Two processes of the same program differ by as much; "no more" can't be told from this. */
const NOISE = 1.05;

export const wideMeasure: Measure = {
  id: "wide",
  summary: "supergraph of 200 subgraphs and 5,000 types: loading, and the credit check from the plan cache",
  run: async ({ rig, pace, openWorld, startBeside }) => {
    const wide = await openWorld("wide", [
      { ...engine, id: "engine-200", title: "200 subgraphs, 5,000 types" },
    ]);
    const city = await startBeside("city", [{ ...engine, id: "engine-6", title: "6 subgraphs" }]);
    const running = [...city, ...wide];
    const rows = await runRounds(rig, running, { workload: creditCheck.name, connections: 32, ...pace });
    const [six, twoHundred] = rows.map(({ figures }) => figures.cpuMsPerRequest!);
    const bars = [
      atMost("ms from the start of the process to the first connection", LOAD_MS, wide[0]!.readyMs),
      atMost("times the CPU of a request with 6 subgraphs", NOISE, twoHundred! / six!),
    ];
    const withReady = rows.map((row, index) => ({
      ...row,
      figures: { ...row.figures, readyMs: running[index]!.readyMs },
    }));
    return [{ title: "a province's supergraph", rows: withReady, bars }];
  },
};
