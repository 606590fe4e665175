/** How long `joint` remembers decisions, when it is a process of its own; in the gateway's it is told by that. */
import { z } from "zod";
import type { DecisionMemoryLimits } from "./judgement/decision-memory";

const variables = z.object({
  HUB_CACHE_MEGABYTES: z.coerce.number().int().min(0).max(10_000).default(0),
  HUB_CACHE_DECISION_SECONDS: z.coerce.number().int().min(0).max(60).default(10),
});

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads HUB_CACHE_MEGABYTES and HUB_CACHE_DECISION_SECONDS as the gateway does; undefined when one of them is 0, and nothing is
 * remembered. Throws one error that names every malformed variable.
 */
export function readDecisionMemory(environment: Environment): DecisionMemoryLimits | undefined {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { success, data, error } = variables.safeParse(given);
  if (!success)
    throw new Error(
      error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
    );
  const charactersMax = data.HUB_CACHE_MEGABYTES * 1_000_000;
  const ageMsMax = data.HUB_CACHE_DECISION_SECONDS * 1_000;
  return charactersMax === 0 || ageMsMax === 0 ? undefined : { charactersMax, ageMsMax };
}
