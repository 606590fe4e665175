/** Answers as server-sent events: the GraphQL over SSE protocol, distinct connections mode. */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { Answer, OperationRequest, RequestContext } from "../engine/contract";
import type { ServerServices } from "./services";

/** An operation that is known to be valid. */
export interface StreamedOperation {
  readonly operation: OperationRequest;
  readonly context: RequestContext;
  readonly isSubscription: boolean;
}

const HEARTBEAT_MS = 12_000;

/**
 * Sends each answer as a `next` event and ends with `complete`: when the operation ends, when the caller goes or when the
 * hub stops. A caller that does not read is waited for, so nothing piles up here. Throws a Refusal before it starts.
 */
export function startEventStream(
  streamed: StreamedOperation,
  reply: FastifyReply,
  services: ServerServices,
): FastifyReply {
  services.load.enter("stream");
  const { raw } = reply.hijack();
  const head = reply.getHeaders() as Record<string, string>;
  raw.writeHead(200, {
    ...head,
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
  });
  raw.flushHeaders();
  void pump(streamed, raw, services);
  return reply;
}

async function pump(
  streamed: StreamedOperation,
  raw: ServerResponse,
  services: ServerServices,
): Promise<void> {
  const { engine, stopping, load, log } = services;
  const gone = new AbortController();
  raw.on("close", () => gone.abort());
  const signal = AbortSignal.any([gone.signal, stopping]);
  const heartbeat = setInterval(() => raw.write(":\n\n"), HEARTBEAT_MS);
  try {
    for await (const answer of answers(streamed, signal, engine)) {
      if (signal.aborted) break;
      if (!raw.write(`event: next\ndata: ${answer.json}\n\n`)) await once(raw, "drain", { signal });
    }
  } catch (error) {
    if (!signal.aborted)
      log.error({ err: error, requestId: streamed.context.requestId }, "an event stream failed");
  } finally {
    clearInterval(heartbeat);
    load.release("stream");
    raw.end("event: complete\ndata:\n\n");
  }
}

async function* answers(
  { operation, context, isSubscription }: StreamedOperation,
  signal: AbortSignal,
  engine: ServerServices["engine"],
): AsyncIterable<Answer> {
  if (isSubscription) yield* engine.subscribe(operation, { ...context, deadlineAt: Infinity, signal });
  else yield await engine.execute(operation, context);
}
