/**
 * A subgraph that costs next to nothing: any request is answered by graphql-js the first time it is seen, and from
 * memory, byte for byte, whenever the same body comes again, or the same representations in other company. Every gateway
 * may ask as it likes.
 */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { graphql, type GraphQLSchema } from "graphql";
import { createMessageReader } from "./http-messages";

const BODIES_MAX = 20_000;
const ENTITIES_MAX = 200_000;

export interface CannedSubgraph {
  readonly port: number;
  /** How many requests came since the last call. */
  takeRequests(): number;
  setDelay(milliseconds: number): void;
  close(): void;
}

interface GraphqlBody {
  readonly query: string;
  readonly variables?: { readonly representations?: readonly object[] };
  readonly operationName?: string;
}

function toHttp(json: string): Buffer {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n`;
  return Buffer.from(head + json);
}

/** Answers by graphql-js, and remembers whole answers and single entities. */
function createMemory(schema: GraphQLSchema) {
  const bodies = new Map<string, Buffer>();
  const entities = new Map<string, string>();

  const keyOf = (query: string, representation: object) => `${query}\n${JSON.stringify(representation)}`;

  function fromEntities({ query, variables }: GraphqlBody): string | undefined {
    if (variables?.representations === undefined) return undefined;
    const texts = variables.representations.map((representation) =>
      entities.get(keyOf(query, representation)),
    );
    return texts.includes(undefined) ? undefined : `{"data":{"_entities":[${texts.join(",")}]}}`;
  }

  function remember({ query, variables }: GraphqlBody, data: unknown): void {
    const answered = (data as { readonly _entities?: readonly unknown[] } | null | undefined)?._entities;
    if (entities.size > ENTITIES_MAX) entities.clear();
    answered?.forEach((entity, index) =>
      entities.set(keyOf(query, variables!.representations![index]!), JSON.stringify(entity)),
    );
  }

  async function learn(key: string, body: GraphqlBody): Promise<Buffer> {
    const { query: source, variables: variableValues, operationName } = body;
    const result = await graphql({ schema, source, variableValues, operationName });
    remember(body, result.errors ? undefined : result.data);
    const answer = toHttp(JSON.stringify(result));
    if (bodies.size >= BODIES_MAX) bodies.clear();
    bodies.set(key, answer);
    return answer;
  }

  return (bytes: Buffer): Buffer | Promise<Buffer> => {
    const key = bytes.toString("latin1");
    const known = bodies.get(key);
    if (known) return known;
    const body = JSON.parse(bytes.toString("utf8")) as GraphqlBody;
    const json = fromEntities(body);
    return json === undefined ? learn(key, body) : toHttp(json);
  };
}

/** Starts a canned subgraph on a free port of the loopback address. */
export async function startCannedSubgraph(schema: GraphQLSchema): Promise<CannedSubgraph> {
  const recall = createMemory(schema);
  let requests = 0;
  let delayMs = 0;

  function answer(socket: Socket, body: Buffer): void {
    requests++;
    const recalled = recall(body);
    if (Buffer.isBuffer(recalled) && delayMs === 0) return void socket.write(recalled);
    const reply = (bytes: Buffer) => socket.write(bytes);
    void Promise.resolve(recalled).then((bytes) =>
      delayMs > 0 ? setTimeout(reply, delayMs, bytes) : reply(bytes),
    );
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
