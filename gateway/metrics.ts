/** What the gateway counts, for Prometheus. No label is ever taken from a caller's words. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, register, Registry } from "prom-client";
import { TransportError, type Answer, type Transport } from "./engine/contract";

/** How a request ended: answered in full, answered with errors, refused as it was asked, turned away or failed by us. */
export type RequestOutcome = "answered" | "partial" | "refused" | "unavailable";

type OperationType = NonNullable<Answer["operation"]>["type"] | "unknown";

const decisions = new Counter({
  name: "hub_decisions_total",
  help: "Decisions made by the joint subgraph in this process, by purpose and outcome.",
  labelNames: ["purpose", "outcome"] as const,
});

/** Counts a decision, for the composition root to hand to `joint`; shown by every gateway of this process. */
export function countDecision({ purpose, outcome }: { purpose: string; outcome: string }): void {
  decisions.inc({ purpose, outcome });
}

/** The counters of one gateway. */
export interface GatewayMetrics {
  countRequest(ended: { type: OperationType; outcome: RequestOutcome; seconds: number }): void;
  countReload(outcome: "loaded" | "refused"): void;
  /** Wraps a transport so that its latency and failures are counted under its subgraph's name. */
  observe(subgraph: string, transport: Transport): Transport;
  /** Watches a figure that is read when metrics are asked for. */
  watch(name: string, help: string, read: () => number): void;
  /** The text of `/metrics`: these counters, and those that parts of this process keep in prom-client's own registry. */
  render(): Promise<string>;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Makes the counters of one gateway; two gateways in one process do not share them. */
export function createGatewayMetrics(): GatewayMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  const countRequest = requestCounters(registry);
  const observe = subgraphCounters(registry);
  const reloads = new Counter({
    name: "hub_supergraph_reloads_total",
    help: "Supergraphs offered while running, by what became of them.",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  return {
    countRequest,
    observe,
    countReload: (outcome) => reloads.inc({ outcome }),
    watch(name, help, read) {
      new Gauge({ name, help, registers: [registry], collect: collectFrom(read) });
    },
    render: () => Registry.merge([registry, register]).metrics(),
  };
}

function collectFrom(read: () => number): (this: Gauge) => void {
  return function (this: Gauge) {
    this.set(read());
  };
}

function requestCounters(registry: Registry): GatewayMetrics["countRequest"] {
  const requests = new Counter({
    name: "hub_requests_total",
    help: "GraphQL requests, by operation type and by how they ended.",
    labelNames: ["type", "outcome"] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: "hub_request_seconds",
    help: "Time from a whole request to its answer.",
    labelNames: ["type"] as const,
    buckets,
    registers: [registry],
  });
  // Bound once: looking labels up costs more than counting.
  const countOf = remember((key: `${OperationType} ${RequestOutcome}`) => {
    const [type = "", outcome = ""] = key.split(" ");
    return requests.labels(type, outcome);
  });
  const durationOf = remember((type: OperationType) => durations.labels(type));
  return ({ type, outcome, seconds }) => {
    countOf(`${type} ${outcome}`).inc();
    durationOf(type).observe(seconds);
  };
}

function subgraphCounters(registry: Registry): GatewayMetrics["observe"] {
  const requests = new Counter({
    name: "hub_subgraph_requests_total",
    help: "Requests to subgraphs, by subgraph and result: ok, errors (answered with some), or why there was no answer.",
    labelNames: ["subgraph", "result"] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: "hub_subgraph_seconds",
    help: "Time until a subgraph had answered or was given up.",
    labelNames: ["subgraph"] as const,
    buckets,
    registers: [registry],
  });
  const states = new Map<string, Transport>();
  new Gauge({
    name: "hub_subgraph_up",
    help: "Whether a subgraph's breaker lets requests through: 1 up, 0.5 probing, 0 down.",
    labelNames: ["subgraph"] as const,
    registers: [registry],
    collect() {
      for (const [subgraph, { state }] of states) this.set({ subgraph }, stateValues[state?.() ?? "up"]);
    },
  });
  return (subgraph, transport) => {
    states.set(subgraph, transport);
    const resultOf = remember((result: string) => requests.labels(subgraph, result));
    const duration = durations.labels(subgraph);
    return measureTransport(transport, (result, seconds) => {
      resultOf(result).inc();
      duration.observe(seconds);
    });
  };
}

const stateValues = { up: 1, probing: 0.5, down: 0 } as const;

function measureTransport(transport: Transport, count: (result: string, seconds: number) => void): Transport {
  return {
    ...transport,
    async send(request, context) {
      const startedAt = performance.now();
      const seconds = () => (performance.now() - startedAt) / 1000;
      try {
        const response = await transport.send(request, context);
        count(response.errors && response.errors.length > 0 ? "errors" : "ok", seconds());
        return response;
      } catch (error) {
        count(error instanceof TransportError ? error.reason : "failed", seconds());
        throw error;
      }
    },
  };
}

function remember<Key extends string, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}
