/** Whole cities screened with `hub screen`: what an enterprise costs, and whether that grows with the city. */
import { withCity } from "../hub/city-data";
import { screenCity, type ScreeningCost, toCostRow } from "../hub/screen-city";
import { startHub } from "../hub/stacks";
import { atLeast, atMost, type Bar, type Measure, type Pace } from "./measure";

const SMALL = 10_000;
const LARGE = 100_000;
const WHOLE = 500_000;
const WHOLE_SECONDS_MAX = 120;
const PER_SECOND = WHOLE / WHOLE_SECONDS_MAX;
const MEGABYTES_MAX = 1_000;
const GROWTH_MAX = 1.1;

interface Screened extends ScreeningCost {
  readonly enterprises: number;
}

/** What every enterprise costs that the larger city has more, in milliseconds: the start of the command is not in it. */
function costOfMore(smaller: Screened, larger: Screened): number {
  return ((larger.cpuSeconds - smaller.cpuSeconds) * 1000) / (larger.enterprises - smaller.enterprises);
}

function holdToBars(screened: readonly Screened[]): readonly Bar[] {
  const largest = screened.at(-1)!;
  const memory = Math.max(...screened.map(({ peakMegabytes }) => peakMegabytes));
  const costs = screened.slice(1).map((larger, index) => costOfMore(screened[index]!, larger));
  return [
    atLeast("enterprises a second in the largest city", PER_SECOND, largest.enterprises / largest.seconds),
    atMost("MB in the largest process", MEGABYTES_MAX, memory),
    ...costs
      .slice(1)
      .map((cost, index) =>
        atMost(
          `times the CPU of one more enterprise, ${screened[index + 2]!.enterprises} enterprises`,
          GROWTH_MAX,
          cost / costs[index]!,
        ),
      ),
  ];
}

const sizesFor = ({ rounds }: Pace): readonly number[] => (rounds > 3 ? [SMALL, LARGE, WHOLE] : [SMALL]);

export const screeningMeasure: Measure = {
  id: "screening",
  summary: `whole cities of ${SMALL}, ${LARGE} and ${WHOLE} enterprises screened`,
  run: async ({ pace }) => {
    const screened: Screened[] = [];
    for (const enterprises of sizesFor(pace)) {
      const cost = await withCity(enterprises, async ({ dataDir }) => {
        const hub = await startHub(dataDir);
        return screenCity(hub).finally(hub.stop);
      });
      screened.push({ enterprises, ...cost });
    }
    return [
      {
        title: "hub screen --all on two cores, all processes and PostgreSQL together",
        rows: screened.map((one) => toCostRow(`${one.enterprises} enterprises`, one.enterprises, one)),
        bars: holdToBars(screened),
        notes: [
          "seconds count from the command to the finished file, with its start of two to four seconds.",
        ],
      },
    ];
  },
};
