/** How much is cached and for how long: the gateway and a `joint` in a process of its own read it from the same variables. */
import { z } from "zod";

/** The variables of the cache. */
export const cacheVariables = z.object({
  HUB_CACHE_MEGABYTES: z.coerce.number().int().min(0).max(10_000).default(0),
  HUB_CACHE_DECISION_SECONDS: z.coerce.number().int().min(0).max(60).default(10),
});

/** Characters kept of each department's answers (0: nothing is cached), and how old a decision may be that answers again. */
export interface CacheSettings {
  readonly cacheCharactersMax: number;
  readonly cachedDecisionMsMax: number;
}

/** The settings that the variables give. */
export function toCacheSettings(variables: z.infer<typeof cacheVariables>): CacheSettings {
  return {
    cacheCharactersMax: variables.HUB_CACHE_MEGABYTES * 1_000_000,
    cachedDecisionMsMax: variables.HUB_CACHE_DECISION_SECONDS * 1_000,
  };
}
