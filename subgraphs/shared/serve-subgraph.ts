/** The HTTP server of a subgraph: Apollo Server on node:http, loopback only, for the gateway alone. */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  HeaderMap,
  type HTTPGraphQLHead,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import { register } from "prom-client";
import { OPERATIONS_MAX, presentError } from "./execute-operation";
import type { OpenSubgraph } from "./open-subgraph";
import { type RequestAttributes, readAttributes } from "./request-context";

/** A serving subgraph. `close` lets running requests end, for at most 10 s. */
export interface ServingSubgraph {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const BODY_BYTES_MAX = 8 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
const HEADERS_TIMEOUT_MS = 5_000;
// Longer than the gateway keeps a connection, so that it is never closed under a request that is just being sent.
const KEEP_ALIVE_MS = 65_000;
const CHANGES_WAIT_MAX_MS = 10_000;
const DRAIN_MAX_MS = 10_000;

class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function reply(response: ServerResponse, head: HTTPGraphQLHead, body: string): void {
  response.writeHead(head.status ?? 200, Object.fromEntries(head.headers));
  response.end(body);
}

function replyJson(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  response
    .writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": bytes.length })
    .end(bytes);
}

function replyError(response: ServerResponse, status: number, message: string): void {
  const headers = new HeaderMap([["content-type", "application/json; charset=utf-8"]]);
  const code = status === 503 ? "SERVICE_UNAVAILABLE" : "BAD_REQUEST";
  reply(response, { status, headers }, JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

// Runs the compiled operation in place of Apollo's own execution (design.md 3). Errors are presented by the executor,
// because a response that is given here passes by `formatError`.
function compiledExecution({ execute }: OpenSubgraph): ApolloServerPlugin<RequestAttributes> {
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ document, source, request, contextValue, response, operationName }) => {
        const result = await execute(
          { document, source, operationName: operationName ?? undefined, variables: request.variables ?? {} },
          contextValue,
        );
        return { http: response.http, body: { kind: "single", singleResult: result } };
      },
    }),
  };
}

type DocumentStore = NonNullable<ApolloServerOptions<RequestAttributes>["documentStore"]>;

// Apollo's own store counts 30 MB of documents as JSON, which in memory are several times as much.
function createDocumentStore(): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({ max: OPERATIONS_MAX });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}

function createApollo(subgraph: OpenSubgraph): ApolloServer<RequestAttributes> {
  return new ApolloServer<RequestAttributes>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    documentStore: createDocumentStore(),
    logger: subgraph.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      compiledExecution(subgraph),
    ],
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Only what says that it is JSON: a browser asks first before it sends that from another page.
function answerAsText(
  { answerAsText: answer, log }: OpenSubgraph,
  { headers }: IncomingMessage,
  body: unknown,
): Promise<string> | undefined {
  if (typeof body !== "object" || body === null || headers["content-type"] !== "application/json")
    return undefined;
  const { requestId } = readAttributes((name) => headers[name]);
  return answer?.(body, (error) => presentError(error, { log, requestId }));
}

function createGraphqlHandler(subgraph: OpenSubgraph, apollo: ApolloServer<RequestAttributes>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = request.method === "POST" ? parseJson(await readBody(request)) : undefined;
    const text = await answerAsText(subgraph, request, body);
    if (text !== undefined) return replyJson(response, text);
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
    }
    const { body: answer, ...head } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method!.toUpperCase(),
        headers,
        search: new URL(request.url!, "http://subgraph").search,
        body,
      },
      context: async () => subgraph.createContext(readAttributes((name) => request.headers[name])),
    });
    if (answer.kind === "complete") reply(response, head, answer.string);
    else replyError(response, 406, "Incremental delivery is not offered.");
  };
}

async function answerChanges(
  readChanges: NonNullable<OpenSubgraph["readChanges"]>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const search = new URL(request.url!, "http://subgraph").searchParams;
  const after = search.get("after");
  const waitMs = Number(search.get("wait") ?? 0);
  const isPosition = after === null || /^\d{1,16}$/.test(after);
  if (!isPosition || !(waitMs >= 0 && waitMs <= CHANGES_WAIT_MAX_MS))
    return replyError(response, 400, "after is a position, wait a number of milliseconds up to 10000.");
  const page = await readChanges(after === null ? null : Number(after), waitMs).catch(() => undefined);
  if (!page) return replyError(response, 503, "The changes cannot be read now.");
  replyJson(response, JSON.stringify(page));
}

function createHandler(subgraph: OpenSubgraph, state: { isDraining: boolean }) {
  const answerGraphql = createGraphqlHandler(subgraph, createStartedApollo(subgraph));
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url!.split("?", 1)[0];
    if (path === "/livez") return void response.writeHead(200).end("alive\n");
    if (path === "/readyz") {
      const isReady = !state.isDraining && (await subgraph.isReady());
      return void response.writeHead(isReady ? 200 : 503).end(isReady ? "ready\n" : "not ready\n");
    }
    if (path === "/metrics")
      return void response
        .writeHead(200, { "content-type": register.contentType })
        .end(await register.metrics());
    if (path === "/changes" && subgraph.readChanges)
      return answerChanges(subgraph.readChanges, request, response);
    if (path === "/graphql" || path === "/") return answerGraphql(request, response);
    replyError(response, 404, "There is nothing here but /graphql.");
  };
}

function createStartedApollo(subgraph: OpenSubgraph): ApolloServer<RequestAttributes> {
  const apollo = createApollo(subgraph);
  apollo.startInBackgroundHandlingStartupErrorsByLoggingAndFailingAllRequests();
  return apollo;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MAX_MS);
  await closed;
  clearTimeout(deadline);
}

/**
 * Serves an open subgraph on a port (0: any free one) of 127.0.0.1, or of the address that a container's network makes
 * necessary. Throws when the port is taken.
 */
export async function serveSubgraph(
  subgraph: OpenSubgraph,
  port: number,
  host: string = LOOPBACK,
): Promise<ServingSubgraph> {
  const state = { isDraining: false };
  const handle = createHandler(subgraph, state);
  const server = createServer((request, response) => {
    if (state.isDraining) response.setHeader("connection", "close");
    handle(request, response).catch((error: unknown) => {
      if (!(error instanceof BodyTooLarge)) subgraph.log.error({ err: error }, "a request failed");
      if (!response.headersSent) {
        const isTooLarge = error instanceof BodyTooLarge;
        replyError(
          response,
          isTooLarge ? 413 : 500,
          isTooLarge ? "The request is too large." : "Internal server error.",
        );
      }
      request.destroy();
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const boundPort = await listen(server, port, host);
  return {
    url: `http://${host}:${boundPort}/graphql`,
    close: async () => {
      state.isDraining = true;
      await drain(server);
      await subgraph.close();
    },
  };
}
