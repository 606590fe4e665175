/** What the caches of department answers are worth, for Prometheus; kept in prom-client's own registry. */
import { Gauge } from "prom-client";
import type { CoherentCache } from "./caching-transport";

const caches = new Map<string, CoherentCache>();

function gauge(name: string, help: string, read: (cache: CoherentCache) => number): void {
  new Gauge({
    name,
    help,
    labelNames: ["subgraph"],
    collect() {
      for (const [subgraph, cache] of caches) this.set({ subgraph }, read(cache));
    },
  });
}

gauge("hub_cache_hits", "Entities answered from the cache.", ({ entities }) => entities.counts().hits);
gauge(
  "hub_cache_misses",
  "Entities looked for in the cache in vain.",
  ({ entities }) => entities.counts().misses,
);
gauge(
  "hub_cache_hit_age_seconds_sum",
  "How long the answers had lain in the cache that were used; divided by the hits, their mean age.",
  ({ entities }) => entities.counts().hitAgeMs / 1000,
);
gauge("hub_cache_entries", "Answers in the cache.", ({ entities }) => entities.counts().entries);
gauge("hub_cache_characters", "Size of the cache.", ({ entities }) => entities.counts().characters);
gauge(
  "hub_cache_feed_lag_seconds",
  "Age of the newest news of changes; beyond a second the cache is not used.",
  ({ feed }) => feed.lagMs() / 1000,
);

/** Shows a subgraph's cache in the metrics; a later cache of the same subgraph takes its place. */
export function showCache(subgraph: string, cache: CoherentCache): void {
  caches.set(subgraph, cache);
}
