/** Bad requests, rows 1-25 of the catalogue of faults, against the server alone. */
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { post, send, sendBytes, startTestServer, type Received, type TestServer } from "./test-server";

let server: TestServer;
beforeAll(async () => (server = await startTestServer()));
afterAll(() => server.close());

const hello = { query: "{ hello }" };
const get = (query: string, headers: Record<string, string> = {}) =>
  send(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
const preflight = { "graphql-require-preflight": "1" };

function expectRefused(received: Received, status: number, code?: string): void {
  expect(received.status).toBe(status);
  expect(received.body.data).toBeUndefined();
  expect(received.body.errors?.[0]?.message).toEqual(expect.any(String));
  if (code !== undefined) expect(received.body.errors?.[0]?.extensions["code"]).toBe(code);
  expect(received.text).not.toMatch(/node_modules|\.[jt]s:|127\.0\.0\.1|SELECT/);
}

afterEach(async () => {
  // Whatever was sent before, the next good request is answered.
  expect((await post(server.url, hello)).body).toEqual({ data: { hello: "hello world" } });
});

describe("methods and media types", () => {
  test("a GET that any page could send is refused (1)", async () => {
    expectRefused(await get("{ hello }"), 403, "PREFLIGHT_REQUIRED");
    expect((await get("{ hello }", preflight)).body).toEqual({ data: { hello: "hello world" } });
  });

  test("a mutation over GET is refused and writes nothing (2)", async () => {
    const received = await get("mutation { write }", preflight);
    expectRefused(received, 405);
    expect(received.headers.get("allow")).toBe("POST");
    expect(server.seen.written).toBe(0);
  });

  test.each([
    "application/x-www-form-urlencoded",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/graphql",
  ])("a body that is %s is refused (3)", async (type) =>
    expectRefused(await post(server.url, "{ hello }", { "content-type": type }), 415),
  );

  test("a body that says nothing of its type is refused (3)", async () => {
    const body = new Blob([JSON.stringify(hello)]);
    expectRefused(await send(`${server.url}/graphql`, { method: "POST", body }), 415);
  });

  test("a stranger's origin is not let in (4)", async () => {
    const received = await post(server.url, hello, { origin: "https://stranger.example" });
    expect([...received.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    const asked = await send(`${server.url}/graphql`, {
      method: "OPTIONS",
      headers: { origin: "https://stranger.example", "access-control-request-method": "POST" },
    });
    expectRefused(asked, 405);
    expect([...asked.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test.each(["PUT", "DELETE", "PATCH", "HEAD"])("%s is refused (5)", async (method) => {
    const response = await fetch(`${server.url}/graphql`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
    await response.body?.cancel();
  });

  test("TRACE is refused (5)", async () => {
    const answer = await sendBytes(
      server.port,
      "TRACE /graphql HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
  });

  test("an answer that nobody here can give is refused", async () =>
    expectRefused(await post(server.url, hello, { accept: "text/html" }), 406));

  test("there is nothing elsewhere, said in GraphQL's form", async () =>
    expectRefused(await send(`${server.url}/graphql/x`), 404));
});

describe("documents", () => {
  test("a misspelt name is not corrected for the caller (7)", async () => {
    const received = await post(server.url, { query: "{ helo }" });
    expectRefused(received, 400);
    expect(received.text).not.toContain("Did you mean");
  });

  test.each([
    ["5,000 aliases (10)", `{${repeat(5_000, (n) => `a${n}:hello `)}}`, "tokensMax"],
    ["101 aliases (10)", `{${repeat(101, (n) => `a${n}:hello `)}}`, "aliasesMax"],
    ["500 repeats (10)", `{${"hello ".repeat(500)}}`, "rootFieldsMax"],
    ["50,000 repeats (10)", `{${"hello ".repeat(50_000)}}`, "charactersMax"],
    ["depth 15 (11)", `{${"items{".repeat(14)}id${"}".repeat(14)}}`, "depthMax"],
    ["depth 400 (11)", `{${"items{".repeat(399)}id${"}".repeat(399)}}`, "depthMax"],
    [
      "4,000 lists inside one another (11)",
      `{hello(name:${"[".repeat(4_000)}${"]".repeat(4_000)})}`,
      "nestingMax",
    ],
    ["lists eight deep (12)", `{${"items{".repeat(8)}id${"}".repeat(8)}}`, "costMax"],
    ["100 aliases of one root list (12)", `{${repeat(100, (n) => `a${n}:items{id}`)}}`, "costMax"],
    ["5,000 unknown directives (13)", `{hello ${"@x".repeat(4_900)}}`, "directivesMax"],
    ["1,000 chained fragments (14)", `{...F0}${repeat(1_000, chained)}`, "fragmentsMax"],
    ["doubling fragments (14)", `{...F0}${repeat(25, doubled)} fragment F25 on Query{hello}`, "fieldsMax"],
    ["1,000 operations (15)", repeat(1_000, (n) => `query Q${n}{hello} `), "operationsMax"],
    ["100,000 comments (16)", "#\n".repeat(100_000) + "{hello}", "charactersMax"],
  ])("%s are refused by limit, in time, in few words", async (_name, query, limit) => {
    const executed = server.seen.executed;
    const startedAt = performance.now();
    const received = await post(server.url, { query });
    expectRefused(received, 400, "LIMIT_EXCEEDED");
    expect(received.body.errors?.[0]?.extensions).toMatchObject({ limit, measured: expect.any(Number) });
    expect(received.text.length).toBeLessThan(20_000);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(server.seen.executed).toBe(executed);
  });

  test("circular fragments are refused (14)", async () => {
    const query = "{...A} fragment A on Query{...B} fragment B on Query{...A}";
    expectRefused(await post(server.url, { query }), 400);
  });

  test("a hundred faults in one document are not all repeated (13)", async () => {
    const received = await post(server.url, { query: `{${repeat(90, (n) => `unknown${n} `)}}` });
    expectRefused(received, 400);
    expect(received.body.errors).toHaveLength(20);
  });

  test("a skipped field that is asked for again is answered (24)", async () => {
    const answer = { data: { hello: "hello world" } };
    expect((await post(server.url, { query: "{hello @skip(if:true) hello}" })).body).toEqual(answer);
    expect((await post(server.url, { query: "{hello hello @include(if:false)}" })).body).toEqual(answer);
  });

  test("names that mean something to JavaScript do no harm (22)", async () => {
    const query = "query($constructor:String){constructor:hello(name:$constructor) toString:hello}";
    const body = `{"query":${JSON.stringify(query)},"variables":{"constructor":"x","__proto__":{"polluted":1}},"__proto__":{"polluted":1}}`;
    const received = await post(server.url, body);
    expect(received.body).toEqual({ data: { constructor: "hello x", toString: "hello world" } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("bodies", () => {
  test("a batch is refused (15)", async () =>
    expectRefused(await post(server.url, Array(10).fill(hello)), 400));

  test("12 MB are refused before they are read (16)", async () => {
    const received = await post(server.url, `{"query":"{hello}","x":"${"x".repeat(12_000_000)}"}`);
    expectRefused(received, 413, "LIMIT_EXCEEDED");
    expect(received.body.errors?.[0]?.extensions).toMatchObject({
      limit: "bodyBytesMax",
      allowed: 1_048_576,
    });
  });

  test("a compressed body is refused unread (17)", async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expectRefused(await post(server.url, new Uint8Array(bomb), { "content-encoding": "gzip" }), 415);
  });

  test("variables nested 100,000 deep are refused (17)", async () => {
    const body = `{"query":"{hello}","variables":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const received = await post(server.url, body);
    expectRefused(received, 400, "LIMIT_EXCEEDED");
    expect(received.text).toContain("jsonNestingMax: measured 100002");
  });

  test.each([
    ["nothing", ""],
    ["null", "null"],
    ["an empty list", "[]"],
    ["an empty object", "{}"],
    ["a number", "7"],
    ["half of JSON", '{"query":"{he'],
    ["query as a list", '{"query":["{hello}"]}'],
    ["variables as text", '{"query":"{hello}","variables":"{}"}'],
    ["variables as a list", '{"query":"{hello}","variables":[]}'],
    ["operationName as a number", '{"query":"{hello}","operationName":1}'],
    ["extensions as text", '{"query":"{hello}","extensions":"x"}'],
    ["a name twice", '{"query":"{hello}","query":"mutation{write}"}'],
    ["a name twice, once escaped", '{"query":"{hello}","quer\\u0079":"mutation{write}"}'],
    ["a name twice in the variables", '{"query":"{hello}","variables":{"a":{"b":1,"b":2}}}'],
  ])("a body that is or has %s is refused (18)", async (_name, body) => {
    expectRefused(await post(server.url, body), 400, "BAD_REQUEST");
    expect(server.seen.written).toBe(0);
  });

  test("invalid UTF-8 is refused, other characters are not ours to judge (19)", async () => {
    const invalid = Buffer.concat([
      Buffer.from('{"query":"{hello(name:\\"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('\\")}"}'),
    ]);
    expectRefused(await post(server.url, new Uint8Array(invalid)), 400, "BAD_REQUEST");
    const query = "query($name:String){hello(name:$name)}";
    const received = await post(server.url, { query, variables: { name: "\u202e单位\u0000" } });
    expect(received.body).toEqual({ data: { hello: "hello \u202e单位\u0000" } });
  });

  test("another charset is refused", async () =>
    expectRefused(
      await post(server.url, hello, { "content-type": "application/json; charset=utf-16" }),
      415,
    ));

  test("an unknown hash, a wrong hash and a registration are refused (23)", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
    expectRefused(await post(server.url, { extensions }), 400, "PERSISTED_QUERY_NOT_SUPPORTED");
    expectRefused(await post(server.url, { ...hello, extensions }), 400, "BAD_REQUEST");
  });
});

describe("connections", () => {
  const head = "POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n";
  test.each([
    ["both length and chunks", `${head}Content-Length: 19\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["two lengths", `${head}Content-Length: 19\r\nContent-Length: 20\r\n\r\n{"query":"{hello}"}`],
    ["bare line feeds", `${head}X: y\nContent-Length: 19\r\n\r\n{"query":"{hello}"}`],
    ["no HTTP at all", "hello\r\n\r\n"],
  ])("%s: refused and closed (20)", async (_name, bytes) => {
    const answer = await sendBytes(server.port, bytes);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('{"errors":[{"message":');
  });

  test("a body that never ends is cut (21)", async () => {
    const startedAt = performance.now();
    const answer = await sendBytes(server.port, `${head}Content-Length: 19\r\n\r\n{"que`);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test("whoever sends too much reads why it is refused, and may then finish and ask again (16)", async () => {
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.write(`${head}Content-Length: 12000000\r\n\r\n`);
    await once(socket, "data");
    expect(received).toMatch(/^HTTP\/1.1 413 /);
    socket.write("x".repeat(12_000_000));
    socket.write(`${head}Connection: close\r\nContent-Length: 19\r\n\r\n{"query":"{hello}"}`);
    await once(socket, "close");
    expect(received).toContain('{"data":{"hello":"hello world"}}');
  });

  test("a body that is too large and never ends is cut (16, 21)", async () => {
    const startedAt = performance.now();
    const answer = await sendBytes(server.port, `${head}Content-Length: 12000000\r\n\r\n{"que`);
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test("a head that never ends is cut (21)", async () =>
    expect(await sendBytes(server.port, "POST /graphql HTTP/1.1\r\nHost: h")).toMatch(/^HTTP\/1.1 408 /));
});

function repeat(times: number, text: (n: number) => string): string {
  return Array.from({ length: times }, (_, n) => text(n)).join("");
}

function chained(n: number): string {
  return `fragment F${n} on Query{...F${n + 1}}`;
}

function doubled(n: number): string {
  return `fragment F${n} on Query{...F${n + 1} ...F${n + 1}}`;
}
