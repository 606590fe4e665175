/** A subgraph over HTTP that behaves as a test decides, and what is sent to it. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestContext, SubgraphRequest, Transport } from "../../../gateway/engine/contract";
import { createHttpTransport, type HttpTransportOptions } from "../../../gateway/transport/http";

/** What the subgraph does with a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** The subgraph of a test file. */
export interface TestSubgraph {
  /** Set by a test; `good` again before the next one. */
  handler: Handler;
  /** What it has been asked in this test. */
  asked: { readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  /** A transport to it, which is closed after the test. */
  readonly open: (options?: Partial<HttpTransportOptions>) => Transport;
}

/** A good answer. */
export const GOOD = '{"data":{"ok":true}}';

/** Answers well. */
export const good: Handler = (_request, response) =>
  response.setHeader("content-type", "application/json").end(GOOD);

/** A query as the engine sends it. */
export const query: SubgraphRequest = {
  query: "query($x:Int){ok}",
  variables: { x: 1 },
  variablesJson: '{"x":1}',
  isMutation: false,
};

/** Who asks. */
export function context(more: Partial<RequestContext> = {}): RequestContext {
  return {
    requestId: "r-1",
    deadlineAt: performance.now() + 5_000,
    attributes: { caller: "everybody", purpose: "LOAN" },
    ...more,
  };
}

/** Starts the subgraph for the tests of a file. */
export function serveForTests(): TestSubgraph {
  let transport: Transport | undefined;
  const subgraph: TestSubgraph = {
    handler: good,
    asked: [],
    open(options = {}) {
      const { port } = server.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/graphql`;
      return (transport = createHttpTransport({ url, timeoutMs: 300, ...options }));
    },
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      subgraph.asked.push({ headers: request.headers, body });
      subgraph.handler(request, response, body);
    });
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  beforeEach(() => Object.assign(subgraph, { asked: [], handler: good }));
  afterEach(() => transport?.close());
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return subgraph;
}
