/** Reaches a subgraph over HTTP: kept-alive connections, deadline, size limit, one retry of reads, a breaker. */
import { CircuitState, circuitBreaker, CountBreaker, handleWhen, isBrokenCircuitError } from "cockatiel";
import type { Dispatcher } from "undici";
import { fromByteText } from "../engine/byte-text";
import {
  TransportError,
  type RequestContext,
  type SubgraphRequest,
  type SubgraphResponse,
  type Transport,
} from "../engine/contract";
import { createBareExchanger } from "./bare-exchanger";
import { isOver } from "./deadlines";
import { tooLate, type Exchanger } from "./exchange";
import { bodyOf, parseResponse } from "./graphql-over-http";
import { createRetryBudget } from "./retry-budget";
import { subscribeByEvents } from "./server-sent-events";
import { createUndiciExchanger, openPool } from "./undici-exchanger";

/** How a subgraph is reached. */
export interface HttpTransportOptions {
  /** Where it answers, `http://` or `https://`, path included. */
  readonly url: string;
  /** How long one attempt may take. The request's own deadline counts too. */
  readonly timeoutMs?: number;
  readonly answerBytesMax?: number;
  readonly connectionsMax?: number;
  /** Headers besides `x-request-id` and `x-hub-*`: names and values in turn. */
  readonly headers?: (request: SubgraphRequest, context: RequestContext) => readonly string[];
}

const TIMEOUT_MS = 2_000;
/** Many servers send the head of a stream with its first event only: what has begun may be silent for some time. */
const STREAM_STARTS_IN_ATTEMPTS = 10;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const CONNECTIONS_MAX = 128;
const CONNECT_TIMEOUT_MS = 1_000;
/** Longer than any subgraph's own keep-alive would be a race for closed connections; a server's hint is heeded. */
const KEEP_ALIVE_MS = 4_000;
const RETRIES = { ratio: 0.1, reserve: 10 };
/** Opens when half of the last twenty attempts failed, ten at least: one hung request alone shuts nobody out. */
const BREAKER = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
const PROBE_AFTER_MS = 1_000;

/** One subgraph's connections and what is known of its health. */
interface Line {
  readonly exchanger: Exchanger;
  readonly options: HttpTransportOptions;
}

/** Creates the transport. Nothing is connected before the first request. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const url = new URL(options.url);
  const connections = {
    url,
    connectMs: CONNECT_TIMEOUT_MS,
    keepAliveMs: KEEP_ALIVE_MS,
    connectionsMax: options.connectionsMax ?? CONNECTIONS_MAX,
    answerBytesMax: options.answerBytesMax ?? ANSWER_BYTES_MAX,
  };
  const create = url.protocol === "http:" ? createBareExchanger : createUndiciExchanger;
  const line: Line = { exchanger: create(connections), options };
  let streams: Dispatcher | undefined;
  const breaker = circuitBreaker(tellsOfTheSubgraph, {
    breaker: new CountBreaker(BREAKER),
    halfOpenAfter: PROBE_AFTER_MS,
  });
  const budget = createRetryBudget(RETRIES);
  const attempt = (request: SubgraphRequest, context: RequestContext) =>
    breaker.execute(() => ask(line, request, context)).catch(toTransportError);
  return {
    readsBytes: true,
    send: (request, context) => {
      if (isOver(context)) return Promise.reject(tooLate());
      budget.deposit();
      const first = attempt(request, context);
      if (request.isMutation) return first;
      return first.catch((error: unknown) => {
        if (!mayHelp(error, context) || !budget.withdraw()) throw error;
        return attempt(request, context);
      });
    },
    subscribe: (request, context) => {
      // Each stream holds a connection for as long as it lives; how many there may be is the server's limit.
      streams ??= openPool({ ...connections, connectionsMax: null });
      const path = url.pathname + url.search;
      const headers = headersOf(line, request, context);
      const startMsMax = STREAM_STARTS_IN_ATTEMPTS * (options.timeoutMs ?? TIMEOUT_MS);
      return subscribeByEvents({ dispatcher: streams, path, headers, startMsMax }, request, context);
    },
    state: () => STATES[breaker.state],
    close: async () => {
      await Promise.all([line.exchanger.close(), streams?.destroy()]);
    },
  };
}

const STATES = {
  [CircuitState.Closed]: "up",
  [CircuitState.Open]: "down",
  [CircuitState.HalfOpen]: "probing",
  [CircuitState.Isolated]: "down",
} as const;

function toTransportError(error: unknown): never {
  if (isBrokenCircuitError(error)) throw new TransportError("breaker_open", "The breaker is open.");
  throw error;
}

/** A second attempt helps against a broken connection or a passing failure, not against slowness or nonsense. */
function mayHelp(error: unknown, context: RequestContext): boolean {
  if (!(error instanceof TransportError) || isOver(context)) return false;
  return error.reason === "unreachable" || error.reason === "status";
}

/** The caller left, or the request's own time was over, before the subgraph had had the time of an attempt. */
class GivenUp extends TransportError {
  constructor() {
    super("timeout", "The request was given up.");
  }
}

/** What the breaker counts: callers who leave must not shut a subgraph that would have answered them. */
const tellsOfTheSubgraph = handleWhen((error) => !(error instanceof GivenUp));

async function ask(line: Line, request: SubgraphRequest, context: RequestContext): Promise<SubgraphResponse> {
  const { options } = line;
  const { read } = request;
  const lastsUntil = performance.now() + (options.timeoutMs ?? TIMEOUT_MS);
  const exchange = line.exchanger.exchange({
    body: bodyOf(request),
    headers: headersOf(line, request, context),
    deadlineAt: Math.min(context.deadlineAt, lastsUntil),
    signal: context.signal,
    wantsBytes: read !== undefined,
  });
  const text = await exchange.catch((error: unknown) => {
    throw performance.now() < lastsUntil && isOver(context) ? new GivenUp() : error;
  });
  return read ? (read(text) ?? parseResponse(fromByteText(text))) : parseResponse(text);
}

let lastContext: RequestContext | undefined;
let lastHeaders: readonly string[] = [];

/** The fetches of one operation follow one another closely: their common headers are made once. */
function commonHeaders(context: RequestContext): readonly string[] {
  if (context === lastContext) return lastHeaders;
  const headers = ["content-type", "application/json", "accept", "application/json"];
  headers.push("x-request-id", context.requestId);
  if (context.traceparent !== undefined) headers.push("traceparent", context.traceparent);
  for (const name in context.attributes) headers.push(`x-hub-${name}`, context.attributes[name]!);
  lastContext = context;
  return (lastHeaders = headers);
}

function headersOf({ options }: Line, request: SubgraphRequest, context: RequestContext): string[] {
  const common = commonHeaders(context);
  return options.headers ? [...common, ...options.headers(request, context)] : (common as string[]);
}
