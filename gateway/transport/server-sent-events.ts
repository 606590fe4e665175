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
    const body = await begin(line, request, signal);
    clearTimeout(starting);
    body.setEncoding("utf8");
    for await (const event of splitEvents(body as AsyncIterable<string>)) {
      if (event.name === "complete") return;
      if (event.name === "next" && event.data !== "") yield parseResponse(event.data);
    }
    throw new TransportError("unreachable", "The stream ended without 'complete'.");
  } finally {
    clearTimeout(starting);
    closing.abort();
  }
}

async function begin(
  { dispatcher, path, headers: given }: EventLine,
  request: SubgraphRequest,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData["body"]> {
  const headers = [...given];
  headers[headers.indexOf("accept") + 1] = "text/event-stream";
  const response = await dispatcher.request({
    path,
    method: "POST",
    headers,
    body: Buffer.from(bodyOf(request), "latin1"),
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const isStream = /^text\/event-stream\b/.test(String(response.headers["content-type"]));
  if (response.statusCode === 200 && isStream) return response.body;
  throw new TransportError("status", `Status ${response.statusCode}, no event stream.`);
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
