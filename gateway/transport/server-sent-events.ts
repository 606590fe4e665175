/** Subscriptions over the distinct connections mode of the graphql-sse protocol: one request, a stream of `next` events. */
import type { Dispatcher } from "undici";
import {
  TransportError,
  type RequestContext,
  type SubgraphRequest,
  type SubgraphResponse,
} from "../engine/contract";
import { bodyOf, parseResponse } from "./graphql-over-http";

/** Where the stream comes from. */
export interface EventLine {
  readonly dispatcher: Dispatcher;
  readonly path: string;
  readonly headers: readonly string[];
  /** How long the subgraph may take to begin the stream. Once begun it may be silent for as long as nothing happens. */
  readonly startMsMax: number;
}

const EVENT_CHARACTERS_MAX = 1024 * 1024;

/** Opens the stream. Ending the iteration closes the connection, and with it the subscription. */
export async function* subscribeByEvents(
  line: EventLine,
  request: SubgraphRequest,
  context: RequestContext,
): AsyncGenerator<SubgraphResponse> {
  const closing = new AbortController();
  const signal = context.signal ? AbortSignal.any([closing.signal, context.signal]) : closing.signal;
  const starting = setTimeout(
    () => closing.abort(new TransportError("timeout", "The stream did not begin in time.")),
    line.startMsMax,
  );
  try {
    const body = await openStream(line, request, signal);
    clearTimeout(starting);
    for await (const event of splitEvents(body)) {
      if (event.name === "complete") return;
      if (event.name === "next" && event.data !== "") yield parseResponse(event.data);
    }
    throw new TransportError("unreachable", "The stream ended without 'complete'.");
  } finally {
    clearTimeout(starting);
    closing.abort();
  }
}

/** Resolves when the subgraph has sent the head of a stream. */
async function openStream(
  line: EventLine,
  request: SubgraphRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const headers = [...line.headers];
  headers[headers.indexOf("accept") + 1] = "text/event-stream";
  const answer = await line.dispatcher.request({
    path: line.path,
    method: "POST",
    headers,
    body: Buffer.from(bodyOf(request), "latin1"),
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const type = String(answer.headers["content-type"]);
  if (answer.statusCode !== 200 || !/^text\/event-stream\b/.test(type))
    throw new TransportError("status", `Status ${answer.statusCode}, no event stream.`);
  return answer.body.setEncoding("utf8") as AsyncIterable<string>;
}

interface ServerSentEvent {
  readonly name: string;
  readonly data: string;
}

/** Cuts a text stream into events (WHATWG HTML, server-sent events); comments keep it alive and say nothing. */
export async function* splitEvents(chunks: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = "";
  for await (const chunk of chunks) {
    rest = (rest + chunk).replaceAll("\r\n", "\n");
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const event = parseEvent(rest.slice(0, end));
      rest = rest.slice(end + 2);
      if (event) yield event;
    }
    if (rest.length > EVENT_CHARACTERS_MAX) throw new TransportError("too_large", "An event is too large.");
  }
}

function parseEvent(text: string): ServerSentEvent | undefined {
  let name = "message";
  const data: string[] = [];
  for (const line of text.split("\n")) {
    // Lines end with a line feed only: U+2028 and U+2029, which end one for `.`, may stand in any JSON text.
    const [, field, value = ""] = /^([^:]+):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  }
  return data.length === 0 && name === "message" ? undefined : { name, data: data.join("\n") };
}
