/**
 * Before the first caller comes, a few requests are answered over a port that nobody is told of: code that has never run is
 * slow, and the first caller should not be the one to find out. No subgraph is asked and nothing is counted.
 */
import type { AddressInfo } from "node:net";
import type { ServerServices } from "./http/services";
import { createServer } from "./server";
import { createBareExchanger } from "./transport/bare-exchanger";

const REQUESTS = 20;
const REQUEST_MS_MAX = 1_000;
const body = JSON.stringify({ query: "query Rehearsal { __typename }", variables: {} });
const headers = [
  "content-type",
  "application/json",
  "accept",
  "application/json",
  "x-request-id",
  "rehearsal",
];

const operation = { type: "query", name: "Rehearsal" } as const;

/** Resolves when it is done. Throws when a request was not answered: a caller's would not be either. */
export async function rehearse(services: ServerServices): Promise<void> {
  const app = createServer({ ...services, ...uncounted, tracing: undefined, trustedDocuments: undefined });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  const exchanger = createBareExchanger({
    url: new URL(`http://127.0.0.1:${port}/graphql`),
    connectMs: REQUEST_MS_MAX,
    keepAliveMs: REQUEST_MS_MAX,
    connectionsMax: 1,
    answerBytesMax: services.config.server.bodyBytesMax,
  });
  try {
    for (let count = 0; count < REQUESTS; count++)
      await exchanger.exchange({
        body,
        headers,
        deadlineAt: performance.now() + REQUEST_MS_MAX,
        signal: undefined,
        wantsBytes: false,
      });
  } finally {
    await exchanger.close();
    await app.close();
  }
}

const uncounted: Pick<ServerServices, "engine" | "metrics" | "load"> = {
  engine: {
    prepare: () => ({ operation }),
    execute: () =>
      Promise.resolve({ json: '{"data":{"__typename":"Query"}}', executed: true, operation, errors: [] }),
    async *subscribe() {},
  },
  metrics: {
    countRequest: () => undefined,
    countReload: () => undefined,
    observe: (_subgraph, transport) => transport,
    watch: () => undefined,
    render: () => Promise.resolve(""),
  },
  load: {
    enter: () => undefined,
    release: () => undefined,
    inFlight: () => 0,
    eventLoopDelayMs: () => 0,
    stop: () => undefined,
  },
};
