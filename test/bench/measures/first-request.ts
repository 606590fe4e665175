/** The first request after a start: what a caller waits for when the gateway has just said that it is there. */
import { engine, handWritten, type Candidate } from "../candidates/candidate";
import { creditCheck } from "../world/operations";
import { atMost, median, type Measure } from "./measure";

const STARTS = 5;
const EXTRA_MS = 10;
const TIMES_HAND_WRITTEN = 1.2;

export const firstRequestMeasure: Measure = {
  id: "first-request",
  summary: "the first credit check after the start of the process",
  run: async ({ rig, candidates, openWorld }) => {
    const body = creditCheck.bodies[0]!;
    const took = new Map<string, { readonly first: number[]; readonly ready: number[] }>();
    const measureOnce = async (candidate: Candidate) => {
      const [running] = await openWorld("city", [candidate]);
      const { tookMs } = await rig.once({ port: running!.port, body });
      const so = took.get(candidate.id) ?? { first: [], ready: [] };
      took.set(candidate.id, { first: [...so.first, tookMs], ready: [...so.ready, running!.readyMs] });
      await running!.stop();
    };
    for (let start = 0; start < STARTS; start++) {
      for (const candidate of candidates) await measureOnce(candidate);
    }
    const rows = candidates.map(({ id, title }) => {
      const { first, ready } = took.get(id)!;
      return { id, title, figures: { firstRequestMs: median(first), readyMs: median(ready) } };
    });
    const firstOf = ({ id }: Candidate) => rows.find((row) => row.id === id)?.figures.firstRequestMs;
    const [ours, limit] = [firstOf(engine), firstOf(handWritten)];
    const text = `ms: ${TIMES_HAND_WRITTEN} times hand-written and ${EXTRA_MS} ms`;
    const bars = ours && limit ? [atMost(text, limit * TIMES_HAND_WRITTEN + EXTRA_MS, ours)] : [];
    return [{ title: "first request after start", rows, bars }];
  },
};
