/** Every department takes 50 ms: whoever asks them one after the other, or in needless waves, shows it here. */
import { engine } from "../candidates/candidate";
import { DEPARTMENTS } from "../world/city";
import { creditCheck } from "../world/operations";
import { atMost, type Measure } from "./measure";
import { checkAgreement } from "./rounds";

const DELAY_MS = 50;
const ONE_WAVE_MS = 65;

export const delayedMeasure: Measure = {
  id: "delayed",
  summary: `credit check with every department ${DELAY_MS} ms late: one wave`,
  run: async ({ rig, candidates, openWorld }) => {
    const running = await openWorld("city", candidates);
    const workload = creditCheck.name;
    await checkAgreement(rig, running, workload);
    await rig.delay(Object.fromEntries(DEPARTMENTS.map((name) => [name, DELAY_MS])));
    const rows = [];
    for (const { port, id, title } of running) {
      const { p50Ms, p99Ms } = await rig.load({ port, workload, connections: 1, durationMs: 3_000 });
      rows.push({ id, title, figures: { p50Ms, p99Ms } });
    }
    await rig.delay(Object.fromEntries(DEPARTMENTS.map((name) => [name, 0])));
    const ours = rows.find((row) => row.id === engine.id);
    const bars = ours ? [atMost("ms, median", ONE_WAVE_MS, ours.figures.p50Ms)] : [];
    const notes = ["`joint` answers at once, as in the hub, where it runs in the gateway's process."];
    return [
      {
        title: `departments ${DELAY_MS} ms late`,
        rows,
        bars,
        notes,
      },
    ];
  },
};
