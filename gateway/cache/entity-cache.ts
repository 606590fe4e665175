/**
 * Answers of one subgraph about single entities as JSON text, bounded in size, each filed under the key by which the
 * subgraph's change feed names it. An answer that was already on its way when its key changed is not kept.
 */
import { LRUCache } from "lru-cache";
import type { ChangeListener } from "./change-feed";

/** When a read began, in the cache's own count of changes; kept by the reader to file its answer later. */
export type ReadMark = number;

/** What the cache has done since it was made. */
export interface CacheCounts {
  hits: number;
  misses: number;
  /** How long the answers had lain here that were used, all hits together. */
  hitAgeMs: number;
  readonly characters: number;
  readonly entries: number;
}

/** A cache of entity answers. */
export interface EntityCache extends ChangeListener {
  get(id: string): string | undefined;
  /** To be called before a subgraph is asked; the mark goes to `put` with the answer. */
  beginRead(): ReadMark;
  /** Files an answer, unless its key has changed since the read began. */
  put(id: string, answer: Answer, mark: ReadMark): void;
  counts(): CacheCounts;
}

/** An answer about the entity that the change feed calls `key`. */
export interface Answer {
  readonly key: string;
  readonly json: string;
}

interface Filed extends Answer {
  /** In milliseconds of `performance.now()`. */
  readonly filedAt: number;
}

/** How many changed keys are remembered for reads that are under way; beyond it, all of those are discarded. */
const RECENT_CHANGES_MAX = 100_000;

/** Makes an empty cache of at most `charactersMax` characters of ids and answers. */
export function createEntityCache(charactersMax: number): EntityCache {
  const idsByKey = new Map<string, Set<string>>();
  const changedAt = new Map<string, number>();
  const counts = { hits: 0, misses: 0, hitAgeMs: 0 };
  let clock = 0;
  let allChangedAt = 0;

  const unfile = ({ key }: Filed, id: string): void => {
    const ids = idsByKey.get(key);
    ids?.delete(id);
    if (ids?.size === 0) idsByKey.delete(key);
  };
  const entries = new LRUCache<string, Filed>({
    maxSize: charactersMax,
    sizeCalculation: ({ json }, id) => json.length + id.length,
    dispose: unfile,
  });

  function forgetAll(): void {
    allChangedAt = ++clock;
    changedAt.clear();
    entries.clear();
  }

  return {
    get(id) {
      const entry = entries.get(id);
      if (entry) {
        counts.hits++;
        counts.hitAgeMs += performance.now() - entry.filedAt;
      } else counts.misses++;
      return entry?.json;
    },
    beginRead: () => clock,
    put(id, answer, mark) {
      const { key } = answer;
      if (allChangedAt > mark || (changedAt.get(key) ?? 0) > mark) return;
      entries.set(id, { ...answer, filedAt: performance.now() });
      if (!entries.has(id)) return; // larger than the whole cache
      const ids = idsByKey.get(key);
      if (ids) ids.add(id);
      else idsByKey.set(key, new Set([id]));
    },
    forget(keys) {
      if (keys.length === 0) return;
      if (changedAt.size + keys.length > RECENT_CHANGES_MAX) return forgetAll();
      clock++;
      for (const key of keys) {
        changedAt.set(key, clock);
        for (const id of [...(idsByKey.get(key) ?? [])]) entries.delete(id);
      }
    },
    forgetAll,
    counts: () => ({ ...counts, characters: entries.calculatedSize, entries: entries.size }),
  };
}
