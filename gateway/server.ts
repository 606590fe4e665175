/** The HTTP server: which addresses there are, what a request may be, and what is said when it may not. */
import { createServer as createHttpServer, type ServerOptions } from "node:http";
import type { Socket } from "node:net";
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from "fastify";
import { registerGraphiql } from "./http/graphiql";
import { registerGraphqlEndpoint } from "./http/graphql-endpoint";
import { registerHealth } from "./http/health";
import { createPlainPost } from "./http/plain-post";
import { registerPublicPages } from "./http/public-pages";
import { badRequest, limitExceeded, ourFailure, Refusal, refusalBody } from "./http/refusal";
import { readRequestId, standingHeaders } from "./http/request-headers";
import type { ServerServices } from "./http/services";
import { parseStrictJson } from "./http/strict-json";

/** Builds the server; it does not listen yet. */
export function createServer(services: ServerServices): FastifyInstance {
  const { server: limits } = services.config;
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytesMax,
    requestTimeout: limits.receiveMsMax,
    serverFactory: serveWith(services),
    http: { connectionsCheckingInterval: 1_000, headersTimeout: limits.receiveMsMax },
    // A connection that is open when the hub stops is answered once more, and told to close.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    exposeHeadRoutes: false,
    genReqId: ({ headers }) => readRequestId(headers),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket),
  });
  acceptJsonOnly(app, services);
  app.addHook("onRequest", (request, reply, done) => {
    const standing = standingHeaders(request.id);
    for (let index = 0; index < standing.length; index += 2)
      reply.header(standing[index]!, standing[index + 1]);
    done(contentEncodingOf(request) === "identity" ? undefined : unsupportedEncoding());
  });
  app.addHook("onSend", async (_request, reply) => {
    if (services.stopping.aborted) reply.header("connection", "close");
  });
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    const refusal = asRefusal(error, request, services);
    // A body that is too large is read to its end, or until its time is over, and thrown away: fastify would cut the
    // connection at once, and whoever is still sending would see it break instead of the answer.
    if (refusal.status === 413) reply.removeHeader("connection");
    return sendRefusal(refusal, reply);
  });
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(new Refusal(404, "NOT_FOUND", "There is nothing at this address."), reply),
  );
  registerGraphqlEndpoint(app, services);
  registerGraphiql(app, services);
  registerHealth(app, services);
  registerPublicPages(app, services);
  return app;
}

/** Plain posts never reach the framework; everything else does. */
function serveWith(services: ServerServices): FastifyServerFactory {
  const takePlainPost = createPlainPost(services);
  return (route, { http, keepAliveTimeout, requestTimeout }) => {
    const server = createHttpServer(http as ServerOptions, (request, response) => {
      if (!takePlainPost(request, response)) route(request, response);
    });
    return Object.assign(server, { keepAliveTimeout, requestTimeout });
  };
}

function acceptJsonOnly(app: FastifyInstance, { config }: ServerServices): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.headers["content-type"] ?? "")?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return done(unsupportedMediaType());
    try {
      done(null, parseStrictJson(body as Buffer, config.server.jsonNestingMax));
    } catch (error) {
      done(error as Error);
    }
  });
}

function contentEncodingOf(request: FastifyRequest): string {
  return request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
}

function asRefusal(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  services: ServerServices,
): Refusal {
  if (error instanceof Refusal) return error;
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE": {
      const length = Number(request.headers["content-length"]);
      const measured = Number.isFinite(length) ? length : undefined;
      const allowed = services.config.server.bodyBytesMax;
      return limitExceeded("bodyBytesMax", { status: 413, allowed, measured });
    }
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return unsupportedMediaType();
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return badRequest("The request is not well-formed.");
  return ourFailure(error, request.id, services);
}

function sendRefusal(refusal: Refusal, reply: FastifyReply): FastifyReply {
  return reply
    .code(refusal.status)
    .headers({ "content-type": "application/json; charset=utf-8", ...refusal.extra.headers })
    .send(refusalBody(refusal));
}

function unsupportedMediaType(): Refusal {
  return new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8.");
}

function unsupportedEncoding(): Refusal {
  return new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "Send the request body uncompressed.");
}

/** What is not HTTP, or came too slowly, is answered on the bare socket and cut. */
function answerBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const isLate = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const refusal = isLate
    ? new Refusal(408, "REQUEST_TIMEOUT", "The request did not arrive in time.")
    : badRequest("The request is not well-formed HTTP.");
  const body = refusalBody(refusal);
  const head = [
    `HTTP/1.1 ${refusal.status} ${isLate ? "Request Timeout" : "Bad Request"}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
