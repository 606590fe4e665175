/** Traces of requests, in the terms of W3C Trace Context: what the server and the transports need to know of them. */
import type { IncomingHttpHeaders } from "node:http";
import type { Answer, Transport } from "../engine/contract";
import type { RequestOutcome } from "../metrics";

/** Where traces are sent, by OTLP over HTTP, and whether OpenTelemetry's own variables say which; else one in ten is, and all that callers are in. */
export interface TraceSettings {
  readonly url: string;
  readonly isSampledAsTold: boolean;
}

/** Traces that somebody collects. */
export interface Tracing {
  /** Begins the span of a request, in the caller's trace where he is in one. */
  readonly begin: (parent: string | undefined) => RequestSpan;
  /** Wraps the transport that really asks a subgraph: each time is a span of its own. */
  readonly observe: (subgraph: string, transport: Transport) => Transport;
  /** Sends what has not been sent yet. */
  readonly close: () => Promise<void>;
}

/** The span of a request that is being answered. */
export interface RequestSpan {
  /** What is sent on to subgraphs. */
  readonly traceparent: string;
  readonly end: (type: NonNullable<Answer["operation"]>["type"] | "unknown", outcome: RequestOutcome) => void;
}

const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's place in a trace; undefined when he says none, or not as the recommendation has it. */
export function readTraceparent({ traceparent }: IncomingHttpHeaders): string | undefined {
  return typeof traceparent === "string" && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

/** Whether the spans of a trace are collected: the lowest bit of its flags. */
export function isSampled(traceparent: string | undefined): traceparent is string {
  return traceparent !== undefined && (parseInt(traceparent.slice(-1), 16) & 1) === 1;
}
