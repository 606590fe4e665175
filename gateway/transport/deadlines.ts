/**
 * One coarse clock for all requests in flight: a timer per request would cost more than the check that it makes. A request
 * ends at most one tick late.
 */
import type { RequestContext } from "../engine/contract";

/** Whether nobody waits for an answer any more: what is only now to be sent must not be, a mutation least of all. */
export function isOver({ deadlineAt, signal }: RequestContext): boolean {
  return signal?.aborted === true || performance.now() >= deadlineAt;
}

/** Something that has to be over by a moment. */
export interface Deadline {
  /** In milliseconds of `performance.now()`. */
  readonly at: number;
  /** Ends it early when aborted. */
  readonly signal: AbortSignal | undefined;
  /** Called once, when the moment has passed or the signal is aborted. */
  readonly expire: () => void;
}

const TICK_MS = 20;
const watched = new Set<Deadline>();
let timer: NodeJS.Timeout | undefined;

/** Watches a deadline until it expires or `unwatch` is called. */
export function watch(deadline: Deadline): void {
  watched.add(deadline);
  timer ??= setInterval(check, TICK_MS);
}

/** Forgets a deadline that was met. */
export function unwatch(deadline: Deadline): void {
  watched.delete(deadline);
}

function check(): void {
  const now = performance.now();
  for (const deadline of watched) {
    if (now < deadline.at && !deadline.signal?.aborted) continue;
    watched.delete(deadline);
    deadline.expire();
  }
  if (watched.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}
