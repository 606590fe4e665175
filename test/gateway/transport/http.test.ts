/** A subgraph over HTTP: what it may do wrong, how long it may take, and how often it is asked again. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestContext, SubgraphRequest, Transport } from "../../../gateway/engine/contract";
import { createHttpTransport, type HttpTransportOptions } from "../../../gateway/transport/http";

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server;
let handler: Handler;
let asked: { readonly headers: IncomingMessage["headers"]; readonly body: string }[];
let transport: Transport | undefined;

const GOOD = '{"data":{"ok":true}}';
const good: Handler = (_request, response) =>
  response.setHeader("content-type", "application/json").end(GOOD);

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      asked.push({ headers: request.headers, body });
      handler(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  asked = [];
  handler = good;
});
afterEach(() => transport?.close());
afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

function open(options: Partial<HttpTransportOptions> = {}): Transport {
  const { port } = server.address() as AddressInfo;
  return (transport = createHttpTransport({
    url: `http://127.0.0.1:${port}/graphql`,
    timeoutMs: 300,
    ...options,
  }));
}

const query: SubgraphRequest = {
  query: "query($x:Int){ok}",
  variables: { x: 1 },
  variablesJson: '{"x":1}',
  isMutation: false,
};
const mutation: SubgraphRequest = { ...query, query: "mutation{ok}", isMutation: true };

function context(more: Partial<RequestContext> = {}): RequestContext {
  return {
    requestId: "r-1",
    deadlineAt: performance.now() + 5_000,
    attributes: { caller: "everybody", purpose: "LOAN" },
    ...more,
  };
}

test("query, variables, request id and attributes reach the subgraph", async () => {
  expect(await open().send(query, context())).toEqual({ data: { ok: true } });
  expect(JSON.parse(asked[0]!.body)).toEqual({ query: query.query, variables: { x: 1 } });
  expect(asked[0]?.headers).toMatchObject({
    "content-type": "application/json",
    "x-request-id": "r-1",
    "x-hub-caller": "everybody",
    "x-hub-purpose": "LOAN",
  });
});

test.each<[string, Handler, string]>([
  ["HTML", (_q, response) => response.setHeader("content-type", "text/html").end("<p>"), "malformed"],
  ["no content type", (_q, response) => response.end(GOOD), "malformed"],
  [
    "half an answer",
    (_q, response) => response.setHeader("content-type", "application/json").end(GOOD.slice(0, 9)),
    "malformed",
  ],
  [
    "an empty answer",
    (_q, response) => response.setHeader("content-type", "application/json").end(),
    "malformed",
  ],
  ["a list", (_q, response) => response.setHeader("content-type", "application/json").end("[]"), "malformed"],
  [
    "an object that is no answer",
    (_q, response) => response.setHeader("content-type", "application/json").end("{}"),
    "malformed",
  ],
  [
    "status 500",
    (_q, response) => response.writeHead(500, { "content-type": "application/json" }).end(GOOD),
    "status",
  ],
  [
    "a redirect",
    (_q, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    "status",
  ],
  ["a broken connection", (request) => request.socket.destroy(), "unreachable"],
  [
    "an answer that is declared too large",
    (_q, response) =>
      response.writeHead(200, { "content-type": "application/json", "content-length": "999999" }).write("{"),
    "too_large",
  ],
  [
    "an answer that grows too large",
    (_q, response) => response.setHeader("content-type", "application/json").write(" ".repeat(20_000)),
    "too_large",
  ],
  ["silence", () => undefined, "timeout"],
  [
    "an answer that never ends",
    (_q, response) => response.setHeader("content-type", "application/json").write("{"),
    "timeout",
  ],
])("%s is no answer", async (_name, fault, reason) => {
  handler = fault;
  await expect(open({ answerBytesMax: 10_000 }).send(query, context())).rejects.toMatchObject({ reason });
});

test("nobody listening is no answer", async () => {
  transport = createHttpTransport({ url: "http://127.0.0.1:9/graphql", timeoutMs: 300 });
  await expect(transport.send(query, context())).rejects.toMatchObject({ reason: "unreachable" });
});

test("a request waits no longer than its own deadline", async () => {
  handler = () => undefined;
  const started = performance.now();
  const waiting = open({ timeoutMs: 5_000 }).send(query, context({ deadlineAt: started + 100 }));
  await expect(waiting).rejects.toMatchObject({ reason: "timeout" });
  expect(performance.now() - started).toBeLessThan(1_500);
});

test("a caller who leaves ends the request", async () => {
  const leaving = new AbortController();
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  handler = (request) => request.socket.on("close", () => closed());
  const waiting = open({ timeoutMs: 5_000 }).send(query, context({ signal: leaving.signal }));
  setTimeout(() => leaving.abort(), 30);
  await expect(waiting).rejects.toMatchObject({ reason: "timeout" });
  await isClosed;
});

test.each([
  ["whose time is over", () => context({ deadlineAt: performance.now() - 1 })],
  ["whose caller has left", () => context({ signal: AbortSignal.abort() })],
])("a mutation %s is not sent any more", async (_which, given) => {
  await expect(open().send(mutation, given())).rejects.toMatchObject({ reason: "timeout" });
  expect(asked).toEqual([]);
});

test.each([
  ["leave", () => context({ signal: AbortSignal.timeout(30) })],
  ["have no time left", () => context({ deadlineAt: performance.now() + 30 })],
])("callers who %s before a slow subgraph answers do not shut it for others", async (_what, given) => {
  handler = () => undefined;
  const line = open({ timeoutMs: 5_000 });
  await Promise.allSettled(Array.from({ length: 20 }, () => line.send(query, given())));
  handler = good;
  expect(line.state!()).toBe("up");
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
});

test("a hung request does not hold up an identical one", async () => {
  handler = () => undefined;
  const line = open({ timeoutMs: 2_000 });
  const hung = line.send(query, context()).catch((error: unknown) => error);
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  handler = good;
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(await hung).toMatchObject({ reason: "timeout" });
});

test.each<[string, Handler]>([
  ["a broken connection", (request) => request.socket.destroy()],
  ["status 503", (_q, response) => response.writeHead(503).end()],
])("after %s a read is asked once more, a mutation never", async (_name, fault) => {
  const line = open();
  const failOnce = (): void => {
    asked = [];
    handler = (request, response, body) => (asked.length === 1 ? fault : good)(request, response, body);
  };
  failOnce();
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(asked).toHaveLength(2);
  failOnce();
  await expect(line.send(mutation, context())).rejects.toMatchObject({ name: "TransportError" });
  expect(asked).toHaveLength(1);
});

test("slowness and nonsense are not asked for twice", async () => {
  const line = open();
  handler = () => undefined;
  await expect(line.send(query, context())).rejects.toMatchObject({ reason: "timeout" });
  handler = (_request, response) => response.setHeader("content-type", "application/json").end("nonsense");
  await expect(line.send(query, context())).rejects.toMatchObject({ reason: "malformed" });
  expect(asked).toHaveLength(2);
});

test("an outage opens the breaker: nothing is sent until it probes, and a success closes it", async () => {
  const line = open();
  handler = (_request, response) => response.writeHead(500).end();
  const reasons = new Set<string>();
  for (let count = 0; count < 30; count++)
    await line.send(mutation, context()).catch((error: { reason: string }) => reasons.add(error.reason));
  expect(reasons).toEqual(new Set(["status", "breaker_open"]));
  expect(line.state?.()).toBe("down");
  expect(asked.length).toBeLessThan(30);
  handler = good;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(line.state?.()).toBe("up");
});

test("retries stay within their budget when every request fails", async () => {
  const line = open();
  handler = (_request, response) => response.writeHead(500).end();
  await Promise.all(Array.from({ length: 100 }, () => line.send(query, context()).catch(() => undefined)));
  expect(asked.length).toBeLessThanOrEqual(100 + 10 + 10);
});

describe("a subscription over server-sent events", () => {
  const stream =
    (...parts: readonly string[]): Handler =>
    (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const part of parts) response.write(part);
      response.end();
    };
  const next = (id: number) => `event: next\ndata: {"data":{"id":${id}}}\n\n`;

  async function collect(line: Transport): Promise<unknown[]> {
    const events: unknown[] = [];
    for await (const event of line.subscribe!(query, context())) events.push(event.data);
    return events;
  }

  test("gives its events until it is complete, however they are cut into chunks", async () => {
    const text = `:\n\n${next(1)}: still here\n\n${next(2)}event: complete\ndata:\n\n`;
    handler = stream(text.slice(0, 20), text.slice(20, 41), text.slice(41));
    expect(await collect(open())).toEqual([{ id: 1 }, { id: 2 }]);
    expect(asked.at(-1)?.headers).toMatchObject({ accept: "text/event-stream", "x-request-id": "r-1" });
  });

  test("that breaks off is an error, not an end", async () => {
    handler = stream(next(1));
    await expect(collect(open())).rejects.toMatchObject({ reason: "unreachable" });
  });

  test("that is refused is an error", async () => {
    await expect(collect(open())).rejects.toMatchObject({ reason: "status" });
  });

  test("that does not begin in time is an error", async () => {
    handler = () => undefined;
    await expect(collect(open())).rejects.toMatchObject({ reason: "timeout" });
  });

  test("that has begun may be silent for longer than a request may take", async () => {
    handler = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      setTimeout(() => response.end(`${next(1)}event: complete\ndata:\n\n`), 500);
    };
    expect(await collect(open())).toEqual([{ id: 1 }]);
  });

  test("does not wait for others to end, however many there are", async () => {
    handler = (_request, response) =>
      response.writeHead(200, { "content-type": "text/event-stream" }).write(next(1));
    const line = open({ connectionsMax: 2 });
    const streams = [1, 2, 3].map(() => line.subscribe!(query, context())[Symbol.asyncIterator]());
    for (const events of streams) expect(await events.next()).toMatchObject({ value: { data: { id: 1 } } });
    for (const events of streams) await events.return!();
  });

  test("is closed in the subgraph when the caller leaves", async () => {
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    handler = (_request, response) => {
      response.on("close", () => closed());
      response.writeHead(200, { "content-type": "text/event-stream" }).write(next(1));
    };
    for await (const event of open().subscribe!(query, context())) {
      expect(event.data).toEqual({ id: 1 });
      break;
    }
    await isClosed;
  });
});
