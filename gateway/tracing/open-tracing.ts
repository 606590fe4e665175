/**
 * Traces by OpenTelemetry, sent to a collector by OTLP over HTTP. Nothing that a caller or a department said is in a span: no
 * query, no variables, no names, no messages of errors, and no id of a request, which callers may choose.
 */
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from "@opentelemetry/api";
import { parseTraceParent } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import type { Logger } from "pino";
import type { Transport } from "../engine/contract";
import { resultOfAnswer, resultOfFailure } from "../transport/result";
import { isSampled, type TraceSettings, type Tracing } from "./tracing";

const SERVICE = "enterprise-credit-hub";

/** Of requests that come with no trace; to follow every one costs a third of the gateway's rate. */
const SHARE_TAKEN = 0.1;

/** Opens the way to the collector. */
export function openTracing({ url, isSampledAsTold }: TraceSettings, log: Logger): Tracing {
  warnThrough(log);
  const oneInTen = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(SHARE_TAKEN) });
  const provider = new BasicTracerProvider({
    ...(!isSampledAsTold && { sampler: oneInTen }),
    resource: resourceFromAttributes({ "service.name": SERVICE }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer(SERVICE);

  return {
    begin(parent) {
      const span = tracer.startSpan("graphql", { kind: SpanKind.SERVER }, contextOf(parent));
      return {
        traceparent: traceparentOf(span),
        end(type, outcome) {
          span.updateName(`graphql ${type}`);
          span.setAttributes({ "graphql.operation.type": type, "hub.outcome": outcome });
          if (outcome === "unavailable") span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },
    observe: (subgraph, transport) => ({
      ...transport,
      send(request, context) {
        if (!isSampled(context.traceparent)) return transport.send(request, context);
        const kind = SpanKind.CLIENT;
        const span = tracer.startSpan(`ask ${subgraph}`, { kind }, contextOf(context.traceparent));
        const answer = transport.send(request, { ...context, traceparent: traceparentOf(span) });
        return endWith(span, answer);
      },
    }),
    close: () => provider.shutdown(),
  };
}

/** What the exporter complains of, for whoever reads the log: a collector that is away costs traces, not answers. */
function warnThrough(log: Logger): void {
  const warn = (message: string) => log.warn({ collector: message }, "traces are not collected");
  diag.setLogger(
    { error: warn, warn, info: () => {}, debug: () => {}, verbose: () => {} },
    DiagLogLevel.WARN,
  );
}

function contextOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}

async function endWith(span: Span, answer: ReturnType<Transport["send"]>): ReturnType<Transport["send"]> {
  try {
    const response = await answer;
    span.setAttribute("hub.result", resultOfAnswer(response));
    return response;
  } catch (error) {
    span.setAttribute("hub.result", resultOfFailure(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
