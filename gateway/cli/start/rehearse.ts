/** Questions that a hub puts to itself before it says that it is ready, so that nobody meets them while they are cold. */
import { z } from "zod";
import { localDateAt } from "../../../schema/values";
import { rehearseAdmission } from "../../../subgraphs/shared/admit-steps";
import { type AskGraph, graphAt } from "../../../subgraphs/shared/hub-graph";

const ANSWER_WITHIN_MS = 5_000;
// What a department counted for an asker who had to give up is there for the next.
const TURNS_MAX = 3;

const SCHEMES = "query RehearsedSchemes { schemes { id } }";
const STATISTICS = `query RehearsedStatistics($scheme: ID!, $asOf: LocalDate!) {
  statistics(scheme: $scheme, asOf: $asOf) { figures { name } missing { department } }
}`;

const schemes = z.object({ schemes: z.array(z.object({ id: z.string() })) });
const whole = z.object({ statistics: z.object({ missing: z.array(z.unknown()).length(0) }) });

/** Asks the hub at `url` about a step of nobody, and counts the population of today. What is not answered is let pass. */
export async function rehearse(url: string): Promise<void> {
  const ask = graphAt(url, ANSWER_WITHIN_MS);
  const today = localDateAt(new Date());
  await Promise.all([rehearseAdmission(ask, today), rehearseStatistics(ask, today)]);
}

// Counting everybody is most of what statistics cost, and the same under every scheme: any will do.
async function rehearseStatistics(ask: AskGraph, asOf: string): Promise<void> {
  const told = schemes.safeParse(await ask(SCHEMES, {}).catch(() => null));
  const scheme = told.data?.schemes[0]?.id;
  if (scheme === undefined) return;
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    const answer = await ask(STATISTICS, { scheme, asOf }).catch(() => null);
    if (whole.safeParse(answer).success) return;
  }
}
