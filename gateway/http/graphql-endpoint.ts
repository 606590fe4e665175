/** `/graphql`: from an HTTP request to the engine and back (GraphQL over HTTP specification). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Answer, OperationRequest, RequestContext } from "../engine/contract";
import type { RequestOutcome } from "../metrics";
import { negotiate, type AcceptedForm } from "./negotiate";
import { readPostedOperation, readQueryStringOperation, type DocumentSource } from "./read-operation";
import { Refusal, requestErrorsBody } from "./refusal";
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
  const startedAt = performance.now();
  let type: NonNullable<Answer["operation"]>["type"] | "unknown" = "unknown";
  let outcome: RequestOutcome = "refused";
  services.load.enter("request");
  try {
    const form = negotiate(request.headers.accept);
    const operation = read();
    const context = contextOf(request, services);
    if (form.acceptsEvents || request.method === "GET") {
      const prepared = services.engine.prepare(operation);
      type = prepared.operation?.type ?? "unknown";
      if (type === "mutation" && request.method === "GET") throw mutationOverGet();
      if (prepared.operation && (form.onlyEvents || type === "subscription")) {
        outcome = "answered";
        return startEventStream(
          { operation, context, isSubscription: type === "subscription" },
          reply,
          services,
        );
      }
    }
    const found = await services.engine.execute(operation, context);
    type = found.operation?.type ?? "unknown";
    outcome = outcomeOf(found);
    // The audit entry of this answer is written and awaited here: nothing of it has left yet.
    return sendAnswer(found, { reply, form, services });
  } catch (error) {
    if (!(error instanceof Refusal)) outcome = "unavailable";
    throw error;
  } finally {
    services.load.release("request");
    services.metrics.countRequest({ type, outcome, seconds: (performance.now() - startedAt) / 1000 });
  }
}

function contextOf(request: FastifyRequest, { identify, config }: ServerServices): RequestContext {
  const caller = identify(request.headers);
  const attributes: Record<string, string> = { caller: caller.name };
  if (caller.purpose !== undefined) attributes["purpose"] = caller.purpose;
  return {
    requestId: request.id,
    deadlineAt: performance.now() + config.server.answerMsMax,
    attributes,
    mayReadSchema: caller.mayReadSchema,
  };
}

function sendAnswer(
  answer: Answer,
  { reply, form, services }: { reply: FastifyReply; form: AcceptedForm; services: ServerServices },
): FastifyReply {
  reply.header("content-type", form.contentType);
  if (answer.executed) return reply.send(answer.json);
  const status = requestErrorStatuses[answer.errors[0]?.extensions.code ?? ""] ?? form.requestErrorStatus;
  if (status === 503) reply.header("retry-after", "1");
  return reply.code(status).send(requestErrorsBody(answer.errors, services.config.server));
}

/** Refusals that keep their status whatever form the caller asked for: its document may be perfectly valid. */
const requestErrorStatuses: Readonly<Record<string, number>> = {
  LIMIT_EXCEEDED: 400,
  FORBIDDEN: 403,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL_SERVER_ERROR: 503,
};

function outcomeOf({ executed, errors }: Answer): RequestOutcome {
  if (executed) return errors.length === 0 ? "answered" : "partial";
  const status = requestErrorStatuses[errors[0]?.extensions.code ?? ""];
  return status === 503 ? "unavailable" : "refused";
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

function mutationOverGet(): Refusal {
  return new Refusal(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.", { headers: { allow: "POST" } });
}

function refuseMethod(): never {
  const message = "This address takes GET and POST only.";
  throw new Refusal(405, "METHOD_NOT_ALLOWED", message, { headers: { allow: "GET, POST" } });
}
