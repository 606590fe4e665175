/**
 * A subgraph that costs next to nothing: any request is answered by graphql-js the first time it is seen, and from
 * memory, byte for byte, whenever the same body comes again. Every gateway may ask as it likes.
 */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { graphql, type GraphQLSchema } from "graphql";
import { createMessageReader } from "./http-messages";

const REMEMBERED_MAX = 20_000;

export interface CannedSubgraph {
  readonly port: number;
  /** How many requests came since the last call. */
  takeRequests(): number;
  setDelay(milliseconds: number): void;
  close(): void;
}

function toHttp(json: string): Buffer {
  const body = Buffer.from(json);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}

async function execute(schema: GraphQLSchema, body: Buffer): Promise<Buffer> {
  const { query, variables, operationName } = JSON.parse(body.toString("utf8"));
  const result = await graphql({ schema, source: query, variableValues: variables, operationName });
  return toHttp(JSON.stringify(result));
}

/** Starts a canned subgraph on a free port of the loopback address. */
export async function startCannedSubgraph(schema: GraphQLSchema): Promise<CannedSubgraph> {
  const remembered = new Map<string, Buffer>();
  let requests = 0;
  let delayMs = 0;

  async function learn(body: Buffer, key: string): Promise<Buffer> {
    const answer = await execute(schema, body);
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(key, answer);
    return answer;
  }

  function answer(socket: Socket, body: Buffer): void {
    requests++;
    const key = body.toString("latin1");
    const known = remembered.get(key);
    const reply = (bytes: Buffer) => socket.write(bytes);
    if (known && delayMs === 0) return void reply(known);
    const later = known ? Promise.resolve(known) : learn(Buffer.from(body), key);
    void later.then((bytes) => (delayMs > 0 ? setTimeout(reply, delayMs, bytes) : reply(bytes)));
  }

  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.setNoDelay());
    socket.on(
      "data",
      createMessageReader((body) => answer(socket, body)),
    );
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    takeRequests: () => [requests, (requests = 0)][0]!,
    setDelay: (milliseconds) => void (delayMs = milliseconds),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
