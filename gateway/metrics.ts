/** What the gateway counts, for Prometheus. No label is ever taken from a caller's words. */
import { collectDefaultMetrics, Counter, Gauge, register, Registry } from "prom-client";
import type { Answer, Transport } from "./engine/contract";
import { createLatency, type Latency } from "./latency";
import { resultOfAnswer, resultOfFailure } from "./transport/result";

/** How a request ended: answered in full, answered with errors, refused as it was asked, turned away or failed by us. */
export type RequestOutcome = "answered" | "partial" | "refused" | "unavailable";

type OperationType = NonNullable<Answer["operation"]>["type"] | "unknown";

const decisions = new Counter({
  name: "hub_decisions_total",
  help: "Decisions made by the joint subgraph in this process, by purpose and outcome.",
  labelNames: ["purpose", "outcome"] as const,
});

const repeatedDecisions = new Counter({
  name: "hub_decisions_repeated_total",
  help: "Questions answered by a decision that was made of them seconds before, by purpose and outcome.",
  labelNames: ["purpose", "outcome"] as const,
});

/** Counts a decision, for the composition root to hand to `joint`; shown by every gateway of this process. */
export function countDecision(
  { purpose, outcome }: { purpose: string; outcome: string },
  how: "made" | "repeated",
): void {
  (how === "made" ? decisions : repeatedDecisions).inc({ purpose, outcome });
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

/** Makes the counters of one gateway; two gateways in one process do not share them. */
export function createGatewayMetrics(): GatewayMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  const requestSeconds = createLatency({
    name: "hub_request_seconds",
    help: "Time from a whole request to its answer.",
    label: "type",
  });
  const subgraphSeconds = createLatency({
    name: "hub_subgraph_seconds",
    help: "Time until a subgraph had answered or was given up.",
    label: "subgraph",
  });
  const reloads = new Counter({
    name: "hub_supergraph_reloads_total",
    help: "Supergraphs offered while running, by what became of them.",
    labelNames: ["outcome"] as const,
    registers: [registry],
  });
  return {
    countRequest: requestCounter(registry, requestSeconds),
    observe: subgraphObserver(registry, subgraphSeconds),
    countReload: (outcome) => reloads.inc({ outcome }),
    watch(name, help, read) {
      new Gauge({ name, help, registers: [registry], collect: collectFrom(read) });
    },
    async render() {
      const counted = await Registry.merge([registry, register]).metrics();
      return [counted, requestSeconds.render(), subgraphSeconds.render()].join("\n");
    },
  };
}

function collectFrom(read: () => number): (this: Gauge) => void {
  return function (this: Gauge) {
    this.set(read());
  };
}

function requestCounter(registry: Registry, latency: Latency): GatewayMetrics["countRequest"] {
  const count = createTally(registry, {
    name: "hub_requests_total",
    help: "GraphQL requests, by operation type and by how they ended.",
    labelNames: ["type", "outcome"],
  });
  const observers = {
    query: latency.observer("query"),
    mutation: latency.observer("mutation"),
    subscription: latency.observer("subscription"),
    unknown: latency.observer("unknown"),
  };
  return ({ type, outcome, seconds }) => {
    count(type, outcome);
    observers[type](seconds);
  };
}

function subgraphObserver(registry: Registry, latency: Latency): GatewayMetrics["observe"] {
  const count = createTally(registry, {
    name: "hub_subgraph_requests_total",
    help: "Requests to subgraphs, by result: ok, errors (answered with some), or why there was no answer.",
    labelNames: ["subgraph", "result"],
  });
  const transports = new Map<string, Transport>();
  new Gauge({
    name: "hub_subgraph_up",
    help: "Whether a subgraph's breaker lets requests through: 1 up, 0.5 probing, 0 down.",
    labelNames: ["subgraph"] as const,
    registers: [registry],
    collect() {
      for (const [subgraph, { state }] of transports) this.set({ subgraph }, stateValues[state?.() ?? "up"]);
    },
  });
  return (subgraph, transport) => {
    transports.set(subgraph, transport);
    const observe = latency.observer(subgraph);
    return measureTransport(transport, (result, startedAt) => {
      count(subgraph, result);
      observe((performance.now() - startedAt) / 1000);
    });
  };
}

/** Counts in plain numbers and hands them to prom-client when they are asked for. */
function createTally(
  registry: Registry,
  counter: { name: string; help: string; labelNames: readonly [string, string] },
): (first: string, second: string) => void {
  const counts = new Map<string, Map<string, number>>();
  const [firstName, secondName] = counter.labelNames;
  new Counter({
    ...counter,
    registers: [registry],
    collect() {
      this.reset();
      for (const [first, seconds] of counts)
        for (const [second, count] of seconds) this.inc({ [firstName]: first, [secondName]: second }, count);
    },
  });
  return (first, second) => {
    let seconds = counts.get(first);
    if (!seconds) counts.set(first, (seconds = new Map()));
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  };
}

const stateValues = { up: 1, probing: 0.5, down: 0 } as const;

function measureTransport(
  transport: Transport,
  count: (result: string, startedAt: number) => void,
): Transport {
  return {
    ...transport,
    send(request, context) {
      const startedAt = performance.now();
      return transport.send(request, context).then(
        (response) => {
          count(resultOfAnswer(response), startedAt);
          return response;
        },
        (error: unknown) => {
          count(resultOfFailure(error), startedAt);
          throw error;
        },
      );
    },
  };
}
