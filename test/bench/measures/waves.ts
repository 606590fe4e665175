/** Two chains of two in one plan: the answer takes as long as the longest chain, not as long as the plan's barriers. */
import { engine, handWritten } from "../candidates/candidate";
import { chains } from "../world/operations";
import { atMost, type Measure } from "./measure";
import { checkAgreement } from "./rounds";

const DELAY_MS = 50;
const LONGEST_CHAIN_MS = 65;

export const wavesMeasure: Measure = {
  id: "waves",
  summary: "a query whose plan has barriers that the data do not ask for",
  run: async ({ rig, candidates, openWorld }) => {
    const planners = candidates.filter(({ id }) => id !== handWritten.id);
    const running = await openWorld("chains", planners);
    const workload = chains.name;
    await checkAgreement(rig, running, workload);
    await rig.delay({ tax: DELAY_MS, transport: DELAY_MS });
    const rows = [];
    for (const { port, id, title } of running) {
      const { p50Ms, p99Ms } = await rig.load({ port, workload, connections: 1, durationMs: 3_000 });
      rows.push({ id, title, figures: { p50Ms, p99Ms } });
    }
    const row = rows.find(({ id }) => id === engine.id);
    const bars = row ? [atMost("ms, median: the longest chain", LONGEST_CHAIN_MS, row.figures.p50Ms)] : [];
    const notes = [
      `tax -> construction and safety -> transport; tax and transport are ${DELAY_MS} ms late, the others at once:`,
      `${DELAY_MS} ms by the data, ${2 * DELAY_MS} ms by the plan's barriers.`,
    ];
    return [{ title: "two chains in one plan", rows, bars, notes }];
  },
};
