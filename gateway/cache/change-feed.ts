/**
 * Follows one subgraph's feed of changed keys by long polling. What a page proves is said about the moment it was asked
 * for: every change committed before then is in it. So the feed is trusted for a short while after that moment, and not
 * one millisecond longer, and not at all when a page fails: a late, broken or torn feed makes whoever depends on it ask
 * the subgraph itself.
 */
import type { ChangePage } from "../../schema/change-page";

/** Asks for the page after a position (null: from the feed's end), waiting up to `waitMs` for a first change. */
export type FetchChanges = (after: number | null, waitMs: number, signal: AbortSignal) => Promise<ChangePage>;

/** What a follower does with news. `forgetAll` means that changes may have been missed. */
export interface ChangeListener {
  forget(keys: readonly string[]): void;
  forgetAll(): void;
}

/** How long a page may be waited for, and how long after it was asked it is trusted. Milliseconds. */
export interface ChangeFeedLimits {
  readonly waitMs: number;
  readonly trustMs: number;
  readonly retryMs: number;
}

/** A feed that is being followed. */
export interface ChangeFeed {
  /** Whether every change made longer ago than `trustMs` has been heard of. */
  isTrusted(): boolean;
  /** Resolves once every change committed before the call has been heard of; rejects, distrusting, when it can't be known. */
  catchUp(): Promise<void>;
  /** Milliseconds since the moment the newest page speaks of; Infinity when there is none. */
  lagMs(): number;
  close(): Promise<void>;
}

interface Heard {
  epoch: string | null;
  position: number | null;
  /** The moment (`performance.now()`) up to which all changes are known. */
  at: number;
}

const NOTHING: Readonly<Heard> = { epoch: null, position: null, at: -Infinity };

function applyPage(heard: Heard, page: ChangePage, listener: ChangeListener): void {
  const continues =
    page.epoch === heard.epoch &&
    heard.position !== null &&
    page.after !== null &&
    page.after <= heard.position &&
    page.position >= page.after;
  if (continues) listener.forget(page.changed);
  else listener.forgetAll();
  heard.position = continues ? Math.max(heard.position!, page.position) : page.position;
  heard.epoch = page.epoch;
}

/** Starts to follow a feed; nothing is trusted before its first page has come. */
export function followChanges(
  fetchChanges: FetchChanges,
  listener: ChangeListener,
  limits: ChangeFeedLimits,
): ChangeFeed {
  const heard: Heard = { ...NOTHING };
  const stop = new AbortController();
  /** Pages asked for before this moment restore no trust: a change may lie between them and a failed `catchUp`. */
  let distrustedAt = -Infinity;

  async function ask(waitMs: number): Promise<void> {
    const askedAt = performance.now();
    const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(limits.trustMs)]);
    applyPage(heard, await fetchChanges(heard.position, waitMs, signal), listener);
    if (askedAt >= distrustedAt) heard.at = Math.max(heard.at, askedAt);
  }

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      try {
        // A wait is only worth while once there is a position to wait behind.
        await ask(heard.position === null ? 0 : limits.waitMs);
      } catch {
        heard.at = -Infinity;
        await pause(limits.retryMs, stop.signal);
      }
    }
  }

  const following = follow();
  return {
    isTrusted: () => performance.now() - heard.at < limits.trustMs,
    lagMs: () => performance.now() - heard.at,
    async catchUp() {
      try {
        await ask(0);
      } catch (error) {
        heard.at = -Infinity;
        distrustedAt = performance.now();
        throw error;
      }
    },
    async close() {
      stop.abort();
      await following;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
