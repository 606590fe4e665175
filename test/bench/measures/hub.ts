/** The whole hub, PostgreSQL included, on the two cores of the machine: against the plain stack, and screening. */
import { type CityData, withCity } from "../hub/city-data";
import { bodyOf, creditChecks, runContest } from "../hub/contest";
import { startHub, startPlainStack, type Stack } from "../hub/stacks";
import type { Workload } from "../world/operations";
import { atLeast, type Bench, type Measure, type MeasureResult } from "./measure";

const ENTERPRISES = 6_000;
const SCREENED = 1_000;
const TIMES_PLAIN = 4;
const SCREENED_PER_SECOND = 5_000;
const SCREENING = `query Screening($creditCodes: [CreditCode!]!, $asOf: LocalDate) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) { creditCode decision(purpose: LOAN) { outcome } }
}`;

const screenings = ({ creditCodes }: CityData): Workload => ({
  name: "hub screening",
  bodies: [0, SCREENED].map((start) =>
    bodyOf(SCREENING, { creditCodes: creditCodes.slice(start, start + SCREENED) }),
  ),
});

async function measureStacks(bench: Bench, data: CityData): Promise<readonly MeasureResult[]> {
  const stacks: Stack[] = [];
  try {
    stacks.push(await startHub(data.dataDir));
    stacks.push(await startPlainStack(data.dataDir));
    const checks = await runContest(bench, { stacks, workload: creditChecks(data), connections: 32 });
    const [hub, plain] = checks.map(({ figures }) => figures["requestsPerSecond"]!);
    const alone = stacks.slice(0, 1);
    const screened = await runContest(bench, { stacks: alone, workload: screenings(data), connections: 2 });
    const perSecond = screened[0]!.figures["requestsPerSecond"]! * SCREENED;
    return [
      {
        title: "whole hub on two cores, credit check with decision",
        rows: checks,
        bars: [atLeast("times the plain stack", TIMES_PLAIN, hub! / plain!)],
      },
      {
        title: `whole hub, screening of ${SCREENED} enterprises in one request`,
        rows: screened,
        bars: [atLeast("enterprises a second", SCREENED_PER_SECOND, perSecond)],
      },
    ];
  } finally {
    for (const stack of stacks.reverse()) await stack.stop();
  }
}

export const hubMeasure: Measure = {
  id: "hub",
  summary: "the whole hub with PostgreSQL: credit check against the plain stack, and a screening of 1,000",
  run: (bench) => withCity(ENTERPRISES, (data) => measureStacks(bench, data)),
};
