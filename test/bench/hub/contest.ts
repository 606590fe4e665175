/** Whole systems under the same load: the credit check of a city, and rounds in turn. */
import type { Workload } from "../world/operations";
import { median, type Bench, type Row } from "../measures/measure";
import type { CityData } from "./city-data";
import type { Stack } from "./stacks";

/** The day that all measures of a whole hub ask about. */
export const AS_OF = "2026-11-01";

/** What the credit check shows of an enterprise. */
export const FACTS = `
    creditCode
    safety { registration { name } accidents { id documentNumber occurredOn class deaths liability status } }
    transport { trafficViolations { id occurredOn kind points status } }
    construction { wageArrears { id amount status } }
    tax { arrears { id amount since status } creditGrades { id year grade status } }
    finance { creditLines { id amount lender status } loanDefaults { id amount daysPastDue status } }`;

const CREDIT_CHECK = `query CreditCheck($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) {${FACTS}
    decision(purpose: LOAN) { outcome sentence measures { code department legalBasis } missing { department } }
  }
}`;

/** The body of a request about the day that all measures ask about. */
export const bodyOf = (query: string, variables: object): string =>
  JSON.stringify({ query, variables: { ...variables, asOf: AS_OF } });

/** Credit checks with a decision, one enterprise each. */
export const creditChecks = ({ creditCodes }: CityData): Workload => ({
  name: "hub credit check",
  bodies: creditCodes.slice(0, 1_000).map((creditCode) => bodyOf(CREDIT_CHECK, { creditCode })),
});

/** Who is asked what, by how many callers at once. */
export interface Contest {
  readonly stacks: readonly Stack[];
  readonly workload: Workload;
  readonly connections: number;
}

/**
 * Whole answers per second of each stack: medians of rounds in turn, all answers checked against the first stack's. A stack may
 * refuse under load, and what it refuses does not count for it; a wrong answer ends the contest.
 */
export async function runContest(
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
  const rounds = new Map<string, { rate: number; p50Ms: number; p99Ms: number; refused: number }[]>(
    stacks.map(({ id }) => [id, []]),
  );
  for (let round = 0; round < pace.rounds; round++) {
    for (const { id, port, title } of stacks) {
      const { completed, elapsedMs, wrong, refused, p50Ms, p99Ms, firstOddity } = await rig.load({
        ...order,
        port,
        durationMs: pace.roundMs,
      });
      if (wrong > 0) throw new Error(`${title}: ${wrong} wrong answers under load: ${firstOddity}`);
      if (refused > 0) console.error(`${title}: ${refused} refused under load, the first: ${firstOddity}`);
      const rate = ((completed - refused) * 1000) / elapsedMs;
      rounds.get(id)!.push({ rate, p50Ms, p99Ms, refused });
    }
  }
  return stacks.map(({ id, title }) => {
    const of = (name: "rate" | "p50Ms" | "p99Ms") => median(rounds.get(id)!.map((round) => round[name]));
    const refused = rounds.get(id)!.reduce((sum, round) => sum + round.refused, 0);
    const figures = { requestsPerSecond: of("rate"), p50Ms: of("p50Ms"), p99Ms: of("p99Ms"), refused };
    return { id, title, figures };
  });
}
