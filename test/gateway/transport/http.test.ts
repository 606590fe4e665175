/** A subgraph over HTTP: what it may do wrong, how long it may take, and how often it is asked again. */
import type { SubgraphRequest } from "../../../gateway/engine/contract";
import { context, good, GOOD, type Handler, query, serveForTests } from "./subgraph-server";

const subgraph = serveForTests();
const mutation: SubgraphRequest = { ...query, query: "mutation{ok}", isMutation: true };

test("query, variables, request id and attributes reach the subgraph", async () => {
  expect(await subgraph.open().send(query, context())).toEqual({ data: { ok: true } });
  expect(JSON.parse(subgraph.asked[0]!.body)).toEqual({ query: query.query, variables: { x: 1 } });
  expect(subgraph.asked[0]?.headers).toMatchObject({
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
  subgraph.handler = fault;
  await expect(subgraph.open({ answerBytesMax: 10_000 }).send(query, context())).rejects.toMatchObject({
    reason,
  });
});

test("nobody listening is no answer", async () => {
  const nobody = subgraph.open({ url: "http://127.0.0.1:9/graphql" });
  await expect(nobody.send(query, context())).rejects.toMatchObject({ reason: "unreachable" });
});

test("a request waits no longer than its own deadline", async () => {
  subgraph.handler = () => undefined;
  const started = performance.now();
  const waiting = subgraph.open({ timeoutMs: 5_000 }).send(query, context({ deadlineAt: started + 100 }));
  await expect(waiting).rejects.toMatchObject({ reason: "timeout" });
  expect(performance.now() - started).toBeLessThan(1_500);
});

test("a caller who leaves ends the request", async () => {
  const leaving = new AbortController();
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  subgraph.handler = (request) => request.socket.on("close", () => closed());
  const waiting = subgraph.open({ timeoutMs: 5_000 }).send(query, context({ signal: leaving.signal }));
  setTimeout(() => leaving.abort(), 30);
  await expect(waiting).rejects.toMatchObject({ reason: "timeout" });
  await isClosed;
});

test.each([
  ["whose time is over", () => context({ deadlineAt: performance.now() - 1 })],
  ["whose caller has left", () => context({ signal: AbortSignal.abort() })],
])("a mutation %s is not sent any more", async (_which, given) => {
  await expect(subgraph.open().send(mutation, given())).rejects.toMatchObject({ reason: "timeout" });
  expect(subgraph.asked).toEqual([]);
});

test.each([
  ["leave", () => context({ signal: AbortSignal.timeout(30) })],
  ["have no time left", () => context({ deadlineAt: performance.now() + 30 })],
])("callers who %s before a slow subgraph answers do not shut it for others", async (_what, given) => {
  subgraph.handler = () => undefined;
  const line = subgraph.open({ timeoutMs: 5_000 });
  await Promise.allSettled(Array.from({ length: 20 }, () => line.send(query, given())));
  subgraph.handler = good;
  expect(line.state!()).toBe("up");
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
});

test("a hung request does not hold up an identical one", async () => {
  subgraph.handler = () => undefined;
  const line = subgraph.open({ timeoutMs: 2_000 });
  const hung = line.send(query, context()).catch((error: unknown) => error);
  while (subgraph.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  subgraph.handler = good;
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(await hung).toMatchObject({ reason: "timeout" });
});

test.each<[string, Handler]>([
  ["a broken connection", (request) => request.socket.destroy()],
  ["status 503", (_q, response) => response.writeHead(503).end()],
])("after %s a read is subgraph.asked once more, a mutation never", async (_name, fault) => {
  const line = subgraph.open();
  const failOnce = (): void => {
    subgraph.asked = [];
    subgraph.handler = (request, response, body) =>
      (subgraph.asked.length === 1 ? fault : good)(request, response, body);
  };
  failOnce();
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(subgraph.asked).toHaveLength(2);
  failOnce();
  await expect(line.send(mutation, context())).rejects.toMatchObject({ name: "TransportError" });
  expect(subgraph.asked).toHaveLength(1);
});

test("slowness and nonsense are not subgraph.asked for twice", async () => {
  const line = subgraph.open();
  subgraph.handler = () => undefined;
  await expect(line.send(query, context())).rejects.toMatchObject({ reason: "timeout" });
  subgraph.handler = (_request, response) =>
    response.setHeader("content-type", "application/json").end("nonsense");
  await expect(line.send(query, context())).rejects.toMatchObject({ reason: "malformed" });
  expect(subgraph.asked).toHaveLength(2);
});

test("an outage opens the breaker: nothing is sent until it probes, and a success closes it", async () => {
  const line = subgraph.open();
  subgraph.handler = (_request, response) => response.writeHead(500).end();
  const reasons = new Set<string>();
  for (let count = 0; count < 30; count++)
    await line.send(mutation, context()).catch((error: { reason: string }) => reasons.add(error.reason));
  expect(reasons).toEqual(new Set(["status", "breaker_open"]));
  expect(line.state?.()).toBe("down");
  expect(subgraph.asked.length).toBeLessThan(30);
  subgraph.handler = good;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect(await line.send(query, context())).toEqual({ data: { ok: true } });
  expect(line.state?.()).toBe("up");
});

test("retries stay within their budget when every request fails", async () => {
  const line = subgraph.open();
  subgraph.handler = (_request, response) => response.writeHead(500).end();
  await Promise.all(Array.from({ length: 100 }, () => line.send(query, context()).catch(() => undefined)));
  expect(subgraph.asked.length).toBeLessThanOrEqual(100 + 10 + 10);
});
