/** Bare connections to a subgraph: which are used again, which are not, and that nobody gets another's answer. */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { toByteText } from "../../../gateway/engine/byte-text";
import { createBareExchanger } from "../../../gateway/transport/bare-exchanger";
import type { Exchange, Exchanger, ExchangerOptions } from "../../../gateway/transport/exchange";

/** What the server does when it has read a whole request; `count` is how many came over this connection. */
type Behaviour = (socket: Socket, body: string, count: number) => void;

let server: Server;
let behaviour: Behaviour;
let sockets: Socket[];
let exchanger: Exchanger | undefined;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function answerOf(body: string, more = ""): string {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${more}`;
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const plainHead = (version: string) => `HTTP/${version} 200 OK\r\ncontent-type: application/json\r\n`;

const echo: Behaviour = (socket, body) => void socket.write(answerOf(body));

/** Reads whole requests, by the length they say. */
function serve(socket: Socket): void {
  sockets.push(socket);
  let bytes = Buffer.alloc(0);
  let count = 0;
  socket
    .on("error", () => undefined)
    .on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (;;) {
        const headEnd = bytes.indexOf("\r\n\r\n");
        const length = Number(/content-length: (\d+)/.exec(bytes.toString("latin1", 0, headEnd))?.[1]);
        if (headEnd < 0 || bytes.length < headEnd + 4 + length) return;
        const body = bytes.toString("utf8", headEnd + 4, headEnd + 4 + length);
        bytes = bytes.subarray(headEnd + 4 + length);
        behaviour(socket, body, ++count);
      }
    });
}

beforeEach(async () => {
  sockets = [];
  behaviour = echo;
  server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await exchanger?.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function open(options: Partial<ExchangerOptions> = {}): Exchanger {
  const { port } = server.address() as AddressInfo;
  return (exchanger = createBareExchanger({
    url: new URL(`http://127.0.0.1:${port}/graphql?a=b`),
    connectMs: 500,
    keepAliveMs: 4_000,
    connectionsMax: 8,
    answerBytesMax: 20_000_000,
    ...options,
  }));
}

function saying(body: string, more: Partial<Exchange> = {}): Exchange {
  const deadlineAt = performance.now() + 2_000;
  return { body: toByteText(body), headers: [], deadlineAt, signal: undefined, wantsBytes: false, ...more };
}

test("one connection serves one request after another", async () => {
  const line = open();
  for (const body of ["a", "b", "北仑"]) expect(await line.exchange(saying(body))).toBe(body);
  expect(sockets).toHaveLength(1);
});

test("requests at the same time each have their own connection, and get their own answers", async () => {
  behaviour = (socket, body) => void setTimeout(() => socket.write(answerOf(body)), body === "a" ? 60 : 5);
  const line = open();
  expect(await Promise.all(["a", "b", "c"].map((body) => line.exchange(saying(body))))).toEqual([
    "a",
    "b",
    "c",
  ]);
  expect(sockets).toHaveLength(3);
});

test("megabytes go and come whole, in any script", async () => {
  const long = "统一社会信用代码 ".repeat(40_000);
  const line = open();
  expect((await line.exchange(saying(long))) === long).toBe(true);
  const bytes = await line.exchange(saying(long, { wantsBytes: true }));
  expect(bytes === toByteText(long)).toBe(true);
  expect((await line.exchange(saying("x".repeat(3_000_000)))).length).toBe(3_000_000);
});

test("a hung request is given up in time and holds up nobody; its connection is not used again", async () => {
  behaviour = (socket, body) => void (body === "hang" || socket.write(answerOf(body)));
  const line = open();
  expect(await line.exchange(saying("a"))).toBe("a");
  const hung = line
    .exchange(saying("hang", { deadlineAt: performance.now() + 200 }))
    .catch((error: unknown) => error);
  expect(await line.exchange(saying("b"))).toBe("b");
  expect(await hung).toMatchObject({ reason: "timeout" });
  await pause(30);
  expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, false]);
});

test("an answer that comes too late is nobody's", async () => {
  behaviour = (socket, body) =>
    void setTimeout(() => socket.write(answerOf(body)), body === "late" ? 150 : 0);
  const line = open({ connectionsMax: 1 });
  const late = line
    .exchange(saying("late", { deadlineAt: performance.now() + 60 }))
    .catch((error: unknown) => error);
  const next = line.exchange(saying("next"));
  expect(await late).toMatchObject({ reason: "timeout" });
  expect(await next).toBe("next");
  await pause(150);
  expect(await line.exchange(saying("last"))).toBe("last");
});

test("beyond the bound of connections requests wait their turn, and no longer than their time", async () => {
  const asked: string[] = [];
  behaviour = (socket, body) => {
    asked.push(body);
    setTimeout(() => socket.write(answerOf(body)), 80);
  };
  const line = open({ connectionsMax: 2 });
  const started = ["a", "b", "c", "d"].map((body) => line.exchange(saying(body)));
  const impatient = line.exchange(saying("e", { deadlineAt: performance.now() + 40 }));
  await expect(impatient).rejects.toMatchObject({ reason: "timeout" });
  expect(await Promise.all(started)).toEqual(["a", "b", "c", "d"]);
  await pause(100);
  expect(asked.toSorted()).toEqual(["a", "b", "c", "d"]);
  expect(sockets).toHaveLength(2);
});

test.each<[string, Behaviour]>([
  ["says that it closes", (socket, body) => void socket.write(answerOf(body, "connection: close\r\n"))],
  [
    "says that it keeps it for a second",
    (socket, body) => void socket.write(answerOf(body, "keep-alive: timeout=1\r\n")),
  ],
  ["says all until it closes", (socket, body) => void socket.end(`${plainHead("1.1")}\r\n${body}`)],
  [
    "speaks HTTP/1.0",
    (socket, body) => void socket.end(`${plainHead("1.0")}content-length: 1\r\n\r\n${body}`),
  ],
  ["closes it while it is idle", (socket, body) => void socket.end(answerOf(body))],
  [
    "says something unasked while it is idle",
    (socket, body) => {
      socket.write(answerOf(body));
      setTimeout(() => socket.write("HTTP/1.1 408 Request Timeout\r\n\r\n"), 10);
    },
  ],
])("a connection is not used again when the subgraph %s", async (_name, behaves) => {
  behaviour = behaves;
  const line = open();
  expect(await line.exchange(saying("a"))).toBe("a");
  await pause(40);
  expect(await line.exchange(saying("b"))).toBe("b");
  expect(sockets).toHaveLength(2);
});

test("connections that nobody needs any more are closed", async () => {
  const line = open({ keepAliveMs: 50 });
  expect(await line.exchange(saying("a"))).toBe("a");
  await pause(1_300);
  expect(sockets[0]?.destroyed).toBe(true);
});

test("a second answer behind the first is nobody's: neither is believed", async () => {
  behaviour = (socket, body, count) =>
    void socket.write(body === "a" ? answerOf("a") + answerOf("forged") : answerOf(`${body}${count}`));
  const line = open({ connectionsMax: 1 });
  const forged = line.exchange(saying("a")).catch((error: unknown) => error);
  const waiting = line.exchange(saying("b"));
  expect(await forged).toMatchObject({ reason: "malformed" });
  expect(await waiting).toBe("b1");
});

test("who answers before the question was read is not asked again over this connection", async () => {
  const { port } = server.address() as AddressInfo;
  server.removeAllListeners("connection");
  server.on("connection", (socket: Socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => socket.pause().write(answerOf("early")));
  });
  const line = open({ url: new URL(`http://127.0.0.1:${port}/`) });
  expect(await line.exchange(saying("x".repeat(20_000_000)))).toBe("early");
  expect(await line.exchange(saying("y"))).toBe("early");
  expect(sockets).toHaveLength(2);
});

test.each<[string, Behaviour]>([
  ["without a word", (socket) => void socket.destroy()],
  ["by a reset", (socket) => void socket.resetAndDestroy()],
  ["in the middle of the head", (socket) => void socket.end("HTTP/1.1 200 OK\r\ncontent-le")],
  ["in the middle of the body", (socket) => void socket.end(answerOf("half").slice(0, -2))],
])("a connection that breaks %s is no answer", async (_name, behaves) => {
  behaviour = behaves;
  await expect(open().exchange(saying("a"))).rejects.toMatchObject({ reason: "unreachable" });
});

test("a header that could begin another one is not sent", async () => {
  const headers = ["x-hub-caller", "a\r\nx-hub-purpose: LOAN"];
  await expect(open().exchange(saying("a", { headers }))).rejects.toMatchObject({ reason: "malformed" });
  expect(sockets).toHaveLength(0);
});

test("after closing nothing is waited for", async () => {
  behaviour = () => undefined;
  const line = open({ connectionsMax: 1 });
  const waiting = [line.exchange(saying("a")), line.exchange(saying("b"))].map((each) =>
    each.catch((error: unknown) => error),
  );
  await pause(20);
  await line.close();
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ reason: "unreachable" });
});
