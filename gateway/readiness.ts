/** Whether requests should be sent to this gateway: asks each subgraph, at most once a second. */
import type { RequestContext, Transport } from "./engine/contract";
import type { Readiness } from "./http/services";

const ASK_MS = 1_000;
const FRESH_MS = 1_000;

const ask = { query: "{__typename}", variables: {}, variablesJson: "{}", isMutation: false } as const;

/** The subgraphs whose loss, all at once, leaves nothing worth asking for, among those there are. */
export interface ReadinessRule {
  readonly anyOf: readonly string[];
}

/**
 * Gives a function that reads the readiness. However often it is called, a subgraph is asked once a second at most, and
 * waited for one second.
 */
export function watchReadiness(
  transports: () => ReadonlyMap<string, Transport>,
  { anyOf }: ReadinessRule,
): () => Promise<Readiness> {
  let found: Promise<Readiness> | undefined;
  let foundAt = -Infinity;
  return () => {
    if (!found || performance.now() - foundAt > FRESH_MS) {
      foundAt = performance.now();
      found = askAll(transports(), anyOf);
    }
    return found;
  };
}

async function askAll(
  transports: ReadonlyMap<string, Transport>,
  anyOf: readonly string[],
): Promise<Readiness> {
  const states = await Promise.all(
    [...transports].map(async ([name, transport]) => [name, await stateOf(transport)] as const),
  );
  const needed = states.filter(([name]) => anyOf.includes(name));
  const ready = needed.length === 0 || needed.some(([, state]) => state === "up");
  return { ready, departments: Object.fromEntries(states) };
}

async function stateOf(transport: Transport): Promise<"up" | "probing" | "down"> {
  const context: RequestContext = {
    requestId: "readiness",
    deadlineAt: performance.now() + ASK_MS,
    attributes: { caller: "hub" },
  };
  try {
    await transport.send(ask, context);
    return "up";
  } catch {
    return transport.state?.() === "probing" ? "probing" : "down";
  }
}
