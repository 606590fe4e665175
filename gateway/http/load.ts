/** How loaded the process is, and whether it may take another request. */
import { getHeapStatistics } from "node:v8";
import type { ServerLimits } from "../config";
import { unavailable } from "./refusal";

/** Counts the requests in flight and watches event loop and heap. */
export interface Load {
  /** Takes one in, to be released once; throws a Refusal (503 with Retry-After) when there is too much to do. */
  enter(kind: LoadKind): void;
  release(kind: LoadKind): void;
  readonly inFlight: (kind: LoadKind) => number;
  readonly eventLoopDelayMs: () => number;
  stop(): void;
}

/** A request is short; a stream of events stays open for hours and costs little, so each has its own bound. */
export type LoadKind = "request" | "stream";

const SAMPLE_MS = 250;

/** Starts watching; `stop` ends it. The timer keeps no process alive. */
export function watchLoad(limits: ServerLimits): Load {
  const inFlight = { request: 0, stream: 0 };
  const allowed = { request: limits.concurrentRequestsMax, stream: limits.subscriptionsMax };
  let delayMs = 0;
  let heapPercent = 0;
  let due = performance.now() + SAMPLE_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    delayMs = Math.max(0, now - due);
    due = now + SAMPLE_MS;
    const heap = getHeapStatistics();
    heapPercent = (100 * heap.used_heap_size) / heap.heap_size_limit;
  }, SAMPLE_MS);
  timer.unref();
  return {
    enter(kind) {
      if (inFlight[kind] >= allowed[kind]) throw unavailable(`Too many ${kind}s at once; try again.`);
      if (delayMs > limits.eventLoopDelayMsMax || heapPercent > limits.heapPercentMax)
        throw unavailable("The hub is overloaded; try again.");
      inFlight[kind]++;
    },
    release: (kind) => void inFlight[kind]--,
    inFlight: (kind) => inFlight[kind],
    eventLoopDelayMs: () => delayMs,
    stop: () => clearInterval(timer),
  };
}
