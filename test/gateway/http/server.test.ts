import { serverAudits } from "graphql-http";
import { identifyEverybody } from "../../../gateway/callers/caller";
import { hashDocument } from "../../../gateway/http/read-operation";
import { countDecision } from "../../../gateway/metrics";
import { post, send, startTestServer, type TestServer } from "./test-server";

let server: TestServer;
beforeAll(async () => (server = await startTestServer()));
afterAll(() => server.close());

const hello = { query: "{ hello }" };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("GraphQL over HTTP", () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql` });
  test.each(
    audits.filter(({ name }) => !name.startsWith("MAY")).map((audit) => [audit.name, audit] as const),
  )("%s", async (_name, audit) => expect(await audit.fn()).toMatchObject({ status: "ok" }));

  test("a refused document has status 200 only for callers who ask for application/json by name", async () => {
    const statusFor = async (accept: string) => (await post(server.url, { query: "{" }, { accept })).status;
    expect(await statusFor("application/json")).toBe(200);
    expect(await statusFor("application/graphql-response+json, application/json;q=0.9")).toBe(400);
    expect(await statusFor("application/json, application/graphql-response+json;q=0.5")).toBe(200);
    expect(await statusFor("*/*")).toBe(400);
  });
});

describe("who asks", () => {
  test("everybody is everybody, whatever a header claims; the purpose is passed on", async () => {
    const claims = {
      "x-hub-caller": "tax-bureau",
      "x-role": "admin",
      "x-hub-purpose": "LOAN",
      "x-request-id": "r-1",
    };
    const { body, headers } = await post(server.url, { query: "{ caller }" }, claims);
    expect(JSON.parse((body.data as { caller: string }).caller)).toEqual({
      caller: "everybody",
      purpose: "LOAN",
    });
    expect(headers.get("x-request-id")).toBe("r-1");
  });

  test("a purpose that is not one word is refused before it reaches a subgraph's headers", async () => {
    expect((await post(server.url, hello, { "x-hub-purpose": "LOAN, x" })).status).toBe(400);
  });

  test("an id that is not a plain word is replaced", async () => {
    const { headers } = await post(server.url, hello, { "x-request-id": "<script>" });
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("trusted documents (23)", () => {
  test("only documents of the set are answered, by text or by hash", async () => {
    const trustedDocuments = new Map([[hashDocument(hello.query), hello.query]]);
    const closed = await startTestServer({}, { trustedDocuments });
    const byHash = (sha256Hash: string) =>
      post(closed.url, { extensions: { persistedQuery: { sha256Hash } } });
    expect((await post(closed.url, hello)).status).toBe(200);
    expect((await byHash(hashDocument(hello.query))).body).toEqual({ data: { hello: "hello world" } });
    expect((await byHash("0".repeat(64))).body.errors?.[0]?.extensions["code"]).toBe(
      "PERSISTED_QUERY_NOT_FOUND",
    );
    const untrusted = await post(closed.url, { query: "{ hello __typename }" });
    expect([untrusted.status, untrusted.body.errors?.[0]?.extensions["code"]]).toEqual([
      403,
      "UNTRUSTED_DOCUMENT",
    ]);
    await closed.close();
  });
});

describe("what an officer of the machine sees", () => {
  test("alive, ready with each department's state, and counted", async () => {
    expect((await send(`${server.url}/livez`)).body).toEqual({ alive: true });
    const ready = await send(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({ alive: true, ready: true, departments: { tax: "up" } });
    await Promise.all([post(server.url, hello), post(server.url, { query: "{" })]);
    const { text } = await send(`${server.url}/metrics`);
    expect(text).toMatch(/hub_requests_total\{type="query",outcome="answered"\} \d+/);
    expect(text).toMatch(/hub_requests_total\{type="unknown",outcome="refused"\} \d+/);
    expect(text).toMatch(/hub_request_seconds_bucket\{type="query",le="0.001"\} \d+/);
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  test("the keys of receipts are published", async () => {
    const { body, headers } = await send(`${server.url}/.well-known/jwks.json`);
    expect(body).toEqual({ keys: [] });
    expect(headers.get("cache-control")).toBe("max-age=60");
  });

  test("decisions are counted by purpose and outcome, those that were answered again apart", async () => {
    countDecision({ purpose: "LOAN", outcome: "BARRED" }, "made");
    countDecision({ purpose: "LOAN", outcome: "NORMAL" }, "repeated");
    const { text } = await send(`${server.url}/metrics`);
    expect(text).toContain('hub_decisions_total{purpose="LOAN",outcome="BARRED"} 1');
    expect(text).toContain('hub_decisions_repeated_total{purpose="LOAN",outcome="NORMAL"} 1');
  });

  test("a fault of ours is logged with the request's id, and shown without its words", async () => {
    const { status, headers, text } = await post(
      server.url,
      { query: "{ breaks }" },
      { "x-request-id": "r-2" },
    );
    expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
    expect(text).toBe(
      '{"errors":[{"message":"The hub failed to answer.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}',
    );
    expect(server.logged.join()).toContain("boom");
    expect(server.logged.join()).toContain('"requestId":"r-2"');
  });

  test("GraphiQL is one page that may talk to this hub only", async () => {
    const { headers, text } = await send(`${server.url}/graphiql`);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).toContain("connect-src 'self'");
    expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
    expect(text).toContain("query CreditCheck");
  });
});

describe("subscriptions", () => {
  const ticks = { query: "subscription($n:Int!){ticks(count:$n)}", variables: { n: 2 } };

  test("events come as they happen, then the end", async () => {
    const { text, headers } = await post(server.url, ticks, { accept: "text/event-stream" });
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(text).toBe(
      'event: next\ndata: {"data":{"ticks":1}}\n\nevent: next\ndata: {"data":{"ticks":2}}\n\nevent: complete\ndata:\n\n',
    );
  });

  test("a query can be answered as one event", async () => {
    const { text } = await post(server.url, hello, { accept: "text/event-stream" });
    expect(text).toBe('event: next\ndata: {"data":{"hello":"hello world"}}\n\nevent: complete\ndata:\n\n');
  });

  test("a document that is refused is refused as any other", async () => {
    const { status, body } = await post(
      server.url,
      { query: "subscription{tocks}" },
      { accept: "text/event-stream" },
    );
    expect([status, body.errors?.length]).toEqual([400, 1]);
  });
});

describe("under load, and stopping", () => {
  test("more requests than may run at once are turned away, and told when to come again", async () => {
    const small = await startTestServer({ HUB_LIMIT_CONCURRENT_REQUESTS_MAX: "2" });
    const slow = [1, 2].map(() => post(small.url, { query: "{ slow }" }));
    await pause(100);
    const turnedAway = await post(small.url, hello);
    expect([turnedAway.status, turnedAway.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(turnedAway.body.errors?.[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await post(small.url, hello)).status).toBe(200);
    await small.close();
  });

  test("requests are turned away while the event loop is blocked (74)", async () => {
    const small = await startTestServer({ HUB_LIMIT_EVENT_LOOP_DELAY_MS_MAX: "200" });
    await pause(300);
    const until = performance.now() + 800;
    while (performance.now() < until);
    await pause(1);
    expect((await post(small.url, hello)).status).toBe(503);
    await pause(600);
    expect((await post(small.url, hello)).status).toBe(200);
    await small.close();
  });

  test("a request in flight is answered while the server stops (67)", async () => {
    const stopping = await startTestServer();
    const inFlight = post(stopping.url, { query: "{ slow }" });
    await pause(100);
    stopping.stop.abort();
    expect((await send(`${stopping.url}/readyz`)).body).toMatchObject({ ready: false, alive: true });
    const closed = stopping.close();
    expect((await inFlight).body).toEqual({ data: { slow: "done" } });
    await closed;
    await expect(post(stopping.url, hello)).rejects.toThrow("fetch failed");
  });

  test("a caller who may not read the schema is told so by the engine's context", () => {
    expect(identifyEverybody({ mayReadSchema: false })({}).mayReadSchema).toBe(false);
  });
});
