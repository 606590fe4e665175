/** A server on a free port over the plain engine, and requests to it. */
import { once } from "node:events";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { identifyEverybody } from "../../../gateway/callers/caller";
import { readGatewayConfig } from "../../../gateway/config";
import { drain } from "../../../gateway/http/drain";
import { exampleOperations } from "../../../gateway/http/example-operations";
import { watchLoad } from "../../../gateway/http/load";
import type { ServerServices } from "../../../gateway/http/services";
import { createGatewayMetrics } from "../../../gateway/metrics";
import { createServer } from "../../../gateway/server";
import { createPlainEngine, type Seen } from "./plain-engine";

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen;
  readonly logged: readonly string[];
  readonly services: ServerServices;
  readonly stop: AbortController;
  close(): Promise<void>;
}

/** An answer as it came. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
}

export async function startTestServer(
  environment: Record<string, string> = {},
  given: Partial<ServerServices> = {},
): Promise<TestServer> {
  const config = readGatewayConfig({ HUB_LIMIT_RECEIVE_MS_MAX: "1500", ...environment });
  const seen: Seen = { written: 0, executed: 0 };
  const logged: string[] = [];
  const stop = new AbortController();
  const services: ServerServices = {
    config,
    log: pino({ level: "info" }, { write: (line: string) => void logged.push(line) }),
    engine: createPlainEngine(config.document, seen),
    identify: identifyEverybody({ mayReadSchema: true }),
    metrics: createGatewayMetrics(),
    load: watchLoad(config.server),
    tracing: undefined,
    trustedDocuments: undefined,
    readReadiness: () => Promise.resolve({ ready: true, departments: { tax: "up" } }),
    publishedKeys: () => Promise.resolve({ keys: [] }),
    exampleOperations,
    stopping: stop.signal,
    ...given,
  };
  const app = createServer(services);
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  const close = async () => {
    services.load.stop();
    stop.abort();
    await drain(app, 5_000);
  };
  const { port } = app.server.address() as AddressInfo;
  return { url, port, seen, logged, services, stop, close };
}

export async function send(url: string, init: RequestInit = {}): Promise<Received> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Received["body"],
  };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Received> {
  const text = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  return send(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: text as BodyInit,
  });
}

/** Sends bytes as they are and gives what came back until the server closed the connection. */
export async function sendBytes(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString())).on("error", () => undefined);
  socket.write(bytes);
  await once(socket, "close");
  return received;
}
