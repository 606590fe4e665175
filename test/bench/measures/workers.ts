/** What a second worker is worth where each stands on a machine of its own and a department is late. */
import { withCity } from "../hub/city-data";
import { type ScreeningCost, toCostRow } from "../hub/screen-city";
import { openSlowWay } from "../hub/slow-way";
import { startHubWithoutWorker, type RunningHub } from "../hub/stacks";
import { screenByWorkers, startWorker } from "../hub/workers";
import { atLeast, type Measure, type Pace } from "./measure";

const TIMES = 1.7;
const DELAY_MS = 20;

const sizeFor = ({ rounds }: Pace): number => (rounds > 3 ? 50_000 : 10_000);

async function compare(
  hub: RunningHub,
): Promise<{ readonly one: ScreeningCost; readonly two: ScreeningCost }> {
  const slow = await openSlowWay(Number(hub.env["TAX_PORT"]), DELAY_MS);
  const variables = { ...hub.env, TAX_URL: `http://127.0.0.1:${slow.port}/graphql` };
  const first = await startWorker(variables);
  const second = await startWorker(variables);
  // Code that is still being compiled would make the first figure worse than the second.
  await screenByWorkers(hub, [first, second]);
  first.slowDown(0);
  second.slowDown(2);
  const two = await screenByWorkers(hub, [first, second]);
  await second.stop();
  const one = await screenByWorkers(hub, [first]);
  await first.stop();
  await slow.stop();
  return { one, two };
}

export const workersMeasure: Measure = {
  id: "workers",
  summary: "a screening by one worker and by two, each on a small machine of its own",
  run: async ({ pace }) => {
    const enterprises = sizeFor(pace);
    const { one, two } = await withCity(enterprises, async ({ dataDir }) => {
      const hub = await startHubWithoutWorker(dataDir);
      return compare(hub).finally(hub.stop);
    });
    return [
      {
        title: `one worker and two, ${enterprises} enterprises, tax ${DELAY_MS} ms late`,
        rows: [toCostRow("one worker", enterprises, one), toCostRow("two workers", enterprises, two)],
        bars: [atLeast("times faster with two", TIMES, one.seconds / two.seconds)],
        notes: [
          "Each worker is stopped for four fifths of the time: at full speed one alone is as fast as two cores allow, late tax or not.",
        ],
      },
    ];
  },
};
