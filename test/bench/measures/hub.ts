/** The whole hub, PostgreSQL included, on the two cores of the machine: against the plain stack, and screening. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { fillCity, type CityData } from "../hub/city-data";
import { startHub, startPlainStack, type Stack } from "../hub/stacks";
import type { Workload } from "../world/operations";
import { atLeast, median, type Bench, type Measure, type MeasureResult, type Row } from "./measure";

const ENTERPRISES = 6_000;
const SCREENED = 1_000;
const TIMES_PLAIN = 4;
const SCREENED_PER_SECOND = 5_000;
const AS_OF = "2026-11-01";

const CREDIT_CHECK = `query CreditCheck($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) {
    creditCode
    safety { registration { name } accidents { id documentNumber occurredOn class deaths liability status } }
    transport { trafficViolations { id occurredOn kind points status } }
    construction { wageArrears { id amount status } }
    tax { arrears { id amount since status } creditGrades { id year grade status } }
    finance { creditLines { id amount lender status } loanDefaults { id amount daysPastDue status } }
    decision(purpose: LOAN) { outcome sentence measures { code department legalBasis } missing { department } }
  }
}`;

const SCREENING = `query Screening($creditCodes: [CreditCode!]!, $asOf: LocalDate) {
  enterprises(creditCodes: $creditCodes, asOf: $asOf) { creditCode decision(purpose: LOAN) { outcome } }
}`;

const bodyOf = (query: string, variables: object): string =>
  JSON.stringify({ query, variables: { ...variables, asOf: AS_OF } });

const creditChecks = ({ creditCodes }: CityData): Workload => ({
  name: "hub credit check",
  bodies: creditCodes.slice(0, 1_000).map((creditCode) => bodyOf(CREDIT_CHECK, { creditCode })),
});

const screenings = ({ creditCodes }: CityData): Workload => ({
  name: "hub screening",
  bodies: [0, SCREENED].map((start) =>
    bodyOf(SCREENING, { creditCodes: creditCodes.slice(start, start + SCREENED) }),
  ),
});

interface Contest {
  readonly stacks: readonly Stack[];
  readonly workload: Workload;
  readonly connections: number;
}

/** Requests per second of each stack: medians of rounds in turn, all answers checked against the first stack's. */
async function runContest(
  { rig, pace }: Bench,
  { stacks, workload, connections }: Contest,
): Promise<readonly Row[]> {
  await rig.learn(workload);
  const order = { workload: workload.name, connections };
  for (const { port, title } of stacks) {
    const { firstDifference } = await rig.agree({ port, workload: workload.name });
    if (firstDifference) throw new Error(`${title} answers otherwise: ${firstDifference}`);
    await rig.load({ ...order, port, durationMs: pace.warmUpMs });
  }
  const rounds = new Map<string, { rate: number; p50Ms: number; p99Ms: number }[]>(
    stacks.map(({ id }) => [id, []]),
  );
  for (let round = 0; round < pace.rounds; round++) {
    for (const { id, port, title } of stacks) {
      const { completed, elapsedMs, wrong, p50Ms, p99Ms } = await rig.load({
        ...order,
        port,
        durationMs: pace.roundMs,
      });
      if (wrong > 0) throw new Error(`${title}: ${wrong} wrong answers under load`);
      rounds.get(id)!.push({ rate: (completed * 1000) / elapsedMs, p50Ms, p99Ms });
    }
  }
  return stacks.map(({ id, title }) => {
    const of = (name: "rate" | "p50Ms" | "p99Ms") => median(rounds.get(id)!.map((round) => round[name]));
    return { id, title, figures: { requestsPerSecond: of("rate"), p50Ms: of("p50Ms"), p99Ms: of("p99Ms") } };
  });
}

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
  run: async (bench) => {
    const data = fillCity(ENTERPRISES);
    try {
      return await measureStacks(bench, data);
    } finally {
      rmSync(dirname(data.dataDir), { recursive: true, force: true });
    }
  },
};
