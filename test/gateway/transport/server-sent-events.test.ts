/** A subscription over server-sent events, as a subgraph may send or fail to send them. */
import type { Transport } from "../../../gateway/engine/contract";
import { context, type Handler, query, serveForTests } from "./subgraph-server";

const subgraph = serveForTests();

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
    subgraph.handler = stream(text.slice(0, 20), text.slice(20, 41), text.slice(41));
    expect(await collect(subgraph.open())).toEqual([{ id: 1 }, { id: 2 }]);
    expect(subgraph.asked.at(-1)?.headers).toMatchObject({
      accept: "text/event-stream",
      "x-request-id": "r-1",
    });
  });

  test("that breaks off is an error, not an end", async () => {
    subgraph.handler = stream(next(1));
    await expect(collect(subgraph.open())).rejects.toMatchObject({ reason: "unreachable" });
  });

  test("that is refused is an error", async () => {
    await expect(collect(subgraph.open())).rejects.toMatchObject({ reason: "status" });
  });

  test("that does not begin in time is an error", async () => {
    subgraph.handler = () => undefined;
    await expect(collect(subgraph.open())).rejects.toMatchObject({ reason: "timeout" });
  });

  test("that has begun may be silent for longer than a request may take", async () => {
    subgraph.handler = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
      setTimeout(() => response.end(`${next(1)}event: complete\ndata:\n\n`), 500);
    };
    expect(await collect(subgraph.open())).toEqual([{ id: 1 }]);
  });

  test("gives every text, those with line separators of other kinds too", async () => {
    const data = { name: "a\u2028b\u2029c\u0085d\u000be" };
    subgraph.handler = stream(`event: next\ndata: ${JSON.stringify({ data })}\n\nevent: complete\ndata:\n\n`);
    expect(await collect(subgraph.open())).toEqual([data]);
  });

  test("does not wait for others to end, however many there are", async () => {
    subgraph.handler = (_request, response) =>
      response.writeHead(200, { "content-type": "text/event-stream" }).write(next(1));
    const line = subgraph.open({ connectionsMax: 2 });
    const streams = [1, 2, 3].map(() => line.subscribe!(query, context())[Symbol.asyncIterator]());
    for (const events of streams) expect(await events.next()).toMatchObject({ value: { data: { id: 1 } } });
    for (const events of streams) await events.return!();
  });

  test("is closed in the subgraph when the caller leaves", async () => {
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    subgraph.handler = (_request, response) => {
      response.on("close", () => closed());
      response.writeHead(200, { "content-type": "text/event-stream" }).write(next(1));
    };
    for await (const event of subgraph.open().subscribe!(query, context())) {
      expect(event.data).toEqual({ id: 1 });
      break;
    }
    await isClosed;
  });
});
