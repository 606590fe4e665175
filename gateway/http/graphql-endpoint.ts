/** `/graphql` on the server's routes: every request that `plain-post.ts` does not take. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { OperationRequest } from "../engine/contract";
import { answerRequest } from "./answer-request";
import { readPostedOperation, readQueryStringOperation, type DocumentSource } from "./read-operation";
import { Refusal } from "./refusal";
import type { ServerServices } from "./services";
import { startEventStream } from "./subscriptions";

/** Registers GET and POST; every other method is refused with 405. */
export function registerGraphqlEndpoint(app: FastifyInstance, services: ServerServices): void {
  const source: DocumentSource = {
    trustedDocuments: services.trustedDocuments,
    jsonNestingMax: services.config.server.jsonNestingMax,
  };
  app.get("/graphql", (request, reply) => {
    requirePreflight(request);
    const read = () => readQueryStringOperation(request.query as Readonly<Record<string, unknown>>, source);
    return answer({ request, reply, read }, services);
  });
  app.post("/graphql", (request, reply) =>
    answer({ request, reply, read: () => readPostedOperation(request.body, source) }, services),
  );
  const others = app.supportedMethods.filter((method) => method !== "GET" && method !== "POST");
  app.route({ method: others, url: "/graphql", handler: refuseMethod });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly read: () => OperationRequest;
}

async function answer({ request, reply, read }: Exchange, services: ServerServices): Promise<FastifyReply> {
  const { id, headers } = request;
  const method = request.method === "GET" ? "GET" : "POST";
  const answered = await answerRequest(
    { id, headers, method, read, startStream: (streamed) => startEventStream(streamed, reply, services) },
    services,
  );
  if (!answered) return reply;
  if (answered.mayRetry) reply.header("retry-after", "1");
  const body = answered.isBytes ? Buffer.from(answered.body, "latin1") : answered.body;
  return reply.code(answered.status).header("content-type", answered.contentType).send(body);
}

/**
 * A page of a stranger can make a browser send a GET, but not with one of these headers (Fetch standard, section 4.8:
 * they make it ask first, and we never allow). A POST needs no such header: its content type does the same.
 */
function requirePreflight({ headers }: FastifyRequest): void {
  const proofs = ["graphql-require-preflight", "apollo-require-preflight", "x-hub-purpose", "x-request-id"];
  if (proofs.some((name) => headers[name] !== undefined) || isJson(headers["content-type"])) return;
  const message = "A GET needs the header graphql-require-preflight, so that no other page can send it.";
  throw new Refusal(403, "PREFLIGHT_REQUIRED", message);
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType);
}

function refuseMethod(): never {
  const message = "This address takes GET and POST only.";
  throw new Refusal(405, "METHOD_NOT_ALLOWED", message).with({ headers: { allow: "GET, POST" } });
}
