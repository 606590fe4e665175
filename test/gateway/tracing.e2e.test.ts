/** Traces of requests, as a collector gets them (OTLP) and as subgraphs are told of them (W3C Trace Context). */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../schema/root";
import { composeCity, startRegistry, startTax, type ListeningSubgraph } from "./faults/small-city";
import { post } from "./http/test-server";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const caller = "00f067aa0ba902b7";
const check = { query: '{ enterprise(code: "10") { outcome tax { amount } } }' };

let registry: ListeningSubgraph;
let tax: ListeningSubgraph;
let collector: Server;
let collected: string[];
let folder: string;
let gateway: ChildProcess;
let gatewayUrl: string;
let told: (string | undefined)[];
let hop: Server;

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const spansOf = (): readonly Span[] =>
  collected.flatMap((text) => {
    const { resourceSpans } = JSON.parse(text) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  });

/** Starts the gateway as a process. It says where it listens. */
async function start(environment: (collectorUrl: string) => Readonly<Record<string, string>>): Promise<void> {
  const file = join(folder, "supergraph.graphql");
  writeFileSync(file, composeCity({ registry: registry.url, tax: await listen(hop) }));
  const main = join(repositoryRoot, "dist", "gateway", "main.js");
  gateway = spawn(process.execPath, [main, "--supergraph", file, "--port", "0", "--open"], {
    env: { ...process.env, ...environment(await listen(collector)) },
  });
  for await (const line of gateway.stdout!) {
    const [, url] = /"url":"([^"]+)"/.exec(String(line)) ?? [];
    if (url === undefined) continue;
    gatewayUrl = url;
    return;
  }
}

/** Stops it: what it has not sent yet, it sends then. */
async function stop(): Promise<void> {
  gateway.kill("SIGTERM");
  await once(gateway, "exit");
}

beforeAll(async () => {
  registry = await startRegistry();
  tax = await startTax();
});
afterAll(async () => {
  await registry.close();
  await tax.close();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-tracing-"));
  collected = [];
  told = [];
  collector = createServer(async (request, response) => {
    collected.push(await readBody(request));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  // The tax bureau, which writes down what it is told.
  hop = createServer(async (request, response) => {
    told.push(request.headers["traceparent"] as string | undefined);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(tax.url, { method: "POST", headers, body: await readBody(request) });
    response.writeHead(answer.status, headers).end(await answer.text());
  });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  for (const server of [collector, hop]) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

test("a request is a span in its caller's trace, and each question to a subgraph one below it", async () => {
  await start((url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url }));
  const { body } = await post(gatewayUrl, check, { traceparent: `00-${trace}-${caller}-01` });
  expect(body.errors).toBeUndefined();
  await stop();
  const spans = spansOf();
  const request = spans.find(({ name }) => name === "graphql query")!;
  expect(request).toMatchObject({ traceId: trace, parentSpanId: caller });
  const asked = spans.filter(({ name }) => name.startsWith("ask "));
  expect(asked.map(({ name }) => name).sort()).toEqual(["ask registry", "ask registry", "ask tax"]);
  for (const span of asked) expect(span).toMatchObject({ traceId: trace, parentSpanId: request.spanId });
  const ofTax = asked.find(({ name }) => name === "ask tax")!;
  expect(told.at(-1)).toBe(`00-${trace}-${ofTax.spanId}-01`);
});

test("nothing that anybody asked for or was told is in a trace", async () => {
  await start((url) => ({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
    OTEL_TRACES_SAMPLER: "always_on",
  }));
  const query = 'query Canary91330206 { enterprise(code: "canary-10") { name tax { amount } } }';
  const said = { query, operationName: "Canary91330206", variables: { unused: "canary" } };
  await post(gatewayUrl, said, { "x-request-id": "canary-91330206", "x-hub-purpose": "CANARY" });
  await post(gatewayUrl, { query: "{ canary }" });
  await stop();
  expect(spansOf().length).toBeGreaterThan(3);
  expect(collected.join().toLowerCase()).not.toMatch(/canary|enterprise 10|enterprise\(/);
});

test("a trace that is not collected is passed on as it came; what is none is not", async () => {
  await start(() => ({}));
  const parent = `00-${trace}-${caller}-00`;
  await post(gatewayUrl, check, { traceparent: parent });
  await post(gatewayUrl, check, { traceparent: `00-${"0".repeat(32)}-${caller}-01` });
  await post(gatewayUrl, check, { traceparent: "x\u00e4" });
  await stop();
  expect(told.filter((one) => one !== undefined)).toEqual([parent]);
  expect(collected).toEqual([]);
});
