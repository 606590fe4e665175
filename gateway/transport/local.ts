/** Reaches a subgraph in this process: values go in and out as they are, nothing becomes text. */
import {
  TransportError,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
} from "../engine/contract";
import type { RequestContext } from "../engine/contract";
import { isOver, unwatch, watch, type Deadline } from "./deadlines";
import { tooLate } from "./exchange";

/** A subgraph that executes requests itself. Its answers must be its own: the gateway merges into them. */
export interface LocalSubgraph {
  readonly execute: (request: SubgraphRequest, context: RequestContext) => Promise<SubgraphResponse>;
  readonly subscribe?: (request: SubgraphRequest, context: RequestContext) => AsyncIterable<SubgraphResponse>;
  /** Whether it knows verbatim parts of representations. */
  readonly takesVerbatim?: boolean;
}

const TIMEOUT_MS = 2_000;

/** Creates the transport. The deadlines of remote subgraphs hold for local ones too. */
export function createLocalTransport(
  subgraph: LocalSubgraph,
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): Transport {
  return {
    takesValues: true,
    takesVerbatim: subgraph.takesVerbatim === true,
    send: (request, context) =>
      new Promise((resolve, reject) => {
        if (isOver(context)) return reject(tooLate());
        const deadline: Deadline = {
          at: Math.min(context.deadlineAt, performance.now() + timeoutMs),
          signal: context.signal,
          expire: () => reject(tooLate()),
        };
        watch(deadline);
        start(subgraph, request, context)
          .finally(() => unwatch(deadline))
          .then(resolve, (error: unknown) => reject(toTransportError(error)));
      }),
    ...(subgraph.subscribe && { subscribe: subgraph.subscribe }),
    close: async () => {},
  };
}

/** Async, so that what throws at once is a rejection too. */
async function start(
  subgraph: LocalSubgraph,
  request: SubgraphRequest,
  context: RequestContext,
): Promise<SubgraphResponse> {
  return subgraph.execute(request, context);
}

function toTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  return new TransportError("unreachable", error instanceof Error ? error.message : String(error));
}
