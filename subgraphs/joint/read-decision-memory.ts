/** How long `joint` remembers decisions, when it is a process of its own; in the gateway's it is told by that. */
import { cacheVariables, toCacheSettings } from "../../schema/cache-settings";
import { type DecisionMemoryLimits, limitsAsCached } from "./judgement/decision-memory";

type Environment = Readonly<Record<string, string | undefined>>;

/** The limits that the variables of the cache give; undefined when nothing is remembered. Throws one error that names every malformed variable. */
export function readDecisionMemory(environment: Environment): DecisionMemoryLimits | undefined {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const { success, data, error } = cacheVariables.safeParse(given);
  if (success) return limitsAsCached(toCacheSettings(data));
  throw new Error(
    error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
  );
}
