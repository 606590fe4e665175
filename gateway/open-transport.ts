/** How each subgraph of the hub is reached: in this process, or over HTTP behind a coherent cache. */
import { Agent } from "undici";
import { localDateAt } from "../schema/values";
import { showCache } from "./cache/cache-metrics";
import { type CachedEntities, cacheEntities } from "./cache/caching-transport";
import { followChanges } from "./cache/change-feed";
import { createEntityCache } from "./cache/entity-cache";
import { fetchChangesOf } from "./cache/fetch-changes";
import { departments, type GatewayConfig } from "./config";
import type { Transport } from "./engine/contract";
import { coalesceEntities } from "./transport/coalesce";
import { createHttpTransport } from "./transport/http";
import { createLocalTransport, type LocalSubgraph } from "./transport/local";

/** Where a subgraph may be found. */
export interface SubgraphPlaces {
  readonly config: Pick<GatewayConfig, "subgraphUrls" | "cacheCharactersMax">;
  /** Subgraphs that run in this process, unless they have a URL. */
  readonly localSubgraphs?: Readonly<Record<string, LocalSubgraph>> | undefined;
  /** How long a subgraph is waited for; the transports' own measure unless given. */
  readonly timeoutMs?: number;
  /** Wraps the transport that really asks, to count what it is asked. */
  readonly observe: (transport: Transport) => Transport;
}

const FEED = { waitMs: 400, trustMs: 1_000, retryMs: 250 };

// Past days as known at a past moment stay as they are.
const departmentAnswers: CachedEntities = {
  keyField: "creditCode",
  rightsAttributes: ["caller", "purpose"],
  isSettled: ({ asOf, knownAt }) => {
    const now = new Date();
    return (
      typeof knownAt === "string" && Date.parse(knownAt) < now.getTime() && String(asOf) < localDateAt(now)
    );
  },
};

/** Opens the transport of a subgraph; throws when it is neither in this process nor has a URL. */
export function openTransport(
  name: string,
  supergraphUrl: string | undefined,
  { config, localSubgraphs, observe, timeoutMs }: SubgraphPlaces,
): Transport {
  const patience = timeoutMs === undefined ? {} : { timeoutMs };
  const ownUrl = config.subgraphUrls[name];
  const local = ownUrl === undefined ? localSubgraphs?.[name] : undefined;
  // What is asked here judges what the others have answered: it may use the time that is left of the request.
  if (local) return observe(createLocalTransport(local, { timeoutMs: Infinity }));
  const url = ownUrl ?? supergraphUrl;
  if (!url) throw new Error(`the subgraph ${name} is not in this process and has no URL`);
  const isDepartment = ownUrl !== undefined && departments.some((department) => department === name);
  const transport = coalesceEntities(observe(createHttpTransport({ url, ...patience })));
  return isDepartment && config.cacheCharactersMax > 0
    ? cacheDepartment(name, transport, { url, charactersMax: config.cacheCharactersMax })
    : transport;
}

function cacheDepartment(
  name: string,
  transport: Transport,
  { url, charactersMax }: { readonly url: string; readonly charactersMax: number },
): Transport {
  const entities = createEntityCache(charactersMax);
  const dispatcher = new Agent({ connections: 2 });
  const feed = followChanges(fetchChangesOf(url, dispatcher), entities, FEED);
  const cache = { entities, feed };
  showCache(name, cache);
  const cached = cacheEntities(transport, cache, departmentAnswers);
  return {
    ...cached,
    async close() {
      await cached.close();
      await dispatcher.close();
    },
  };
}
