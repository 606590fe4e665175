/** From a request for `/graphql` to its answer, whichever way it came in (GraphQL over HTTP specification). */
import type { IncomingHttpHeaders } from "node:http";
import type { Answer, OperationRequest, RequestContext } from "../engine/contract";
import type { RequestOutcome } from "../metrics";
import { readTraceparent } from "../tracing/tracing";
import { negotiate, type AcceptedForm } from "./negotiate";
import { Refusal, requestErrorsBody } from "./refusal";
import type { ServerServices } from "./services";
import type { StreamedOperation } from "./subscriptions";

/** A request whose body, if it has one, has been read. */
export interface GraphqlRequest {
  readonly id: string;
  readonly method: "GET" | "POST";
  readonly headers: IncomingHttpHeaders;
  /** Gives the operation; throws a Refusal. */
  readonly read: () => OperationRequest;
  /** Answers by events. */
  readonly startStream: (streamed: StreamedOperation) => void;
}

/** An answer, ready to be sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Whether the same request may be answered later: then it is told so. */
  readonly mayRetry: boolean;
  /** Text, or byte text where `isBytes`. */
  readonly body: string;
  readonly isBytes?: boolean;
}

/** Answers; undefined when events are being sent instead. Throws a Refusal for what is not answered at all. */
export async function answerRequest(
  request: GraphqlRequest,
  services: ServerServices,
): Promise<HttpAnswer | undefined> {
  const startedAt = performance.now();
  let type: NonNullable<Answer["operation"]>["type"] | "unknown" = "unknown";
  let outcome: RequestOutcome = "refused";
  services.load.enter("request");
  const given = readTraceparent(request.headers);
  const span = services.tracing?.begin(given);
  try {
    const form = negotiate(request.headers.accept);
    const operation = request.read();
    const context = contextOf(request, services, span?.traceparent ?? given);
    if (form.acceptsEvents || request.method === "GET") {
      const prepared = services.engine.prepare(operation);
      type = prepared.operation?.type ?? "unknown";
      if (type === "mutation" && request.method === "GET") throw mutationOverGet();
      if (prepared.operation && (form.onlyEvents || type === "subscription")) {
        outcome = "answered";
        request.startStream({ operation, context, isSubscription: type === "subscription" });
        return undefined;
      }
    }
    const found = await services.engine.execute(operation, context);
    type = found.operation?.type ?? "unknown";
    outcome = outcomeOf(found);
    // The audit entry of this answer is written and awaited here: nothing of it has left yet.
    return toHttpAnswer(found, form, services);
  } catch (error) {
    if (!(error instanceof Refusal)) outcome = "unavailable";
    throw error;
  } finally {
    services.load.release("request");
    span?.end(type, outcome);
    services.metrics.countRequest({ type, outcome, seconds: (performance.now() - startedAt) / 1000 });
  }
}

function contextOf(
  request: GraphqlRequest,
  { identify, config }: ServerServices,
  traceparent: string | undefined,
): RequestContext {
  const caller = identify(request.headers);
  const attributes: Record<string, string> = { caller: caller.name };
  if (caller.purpose !== undefined) attributes["purpose"] = caller.purpose;
  return {
    requestId: request.id,
    deadlineAt: performance.now() + config.server.answerMsMax,
    attributes,
    traceparent,
    mayReadSchema: caller.mayReadSchema,
  };
}

function toHttpAnswer(answer: Answer, form: AcceptedForm, { config }: ServerServices): HttpAnswer {
  const { contentType } = form;
  if (answer.executed) {
    const { bytes } = answer;
    return {
      status: 200,
      contentType,
      mayRetry: false,
      body: bytes ?? answer.json,
      isBytes: bytes !== undefined,
    };
  }
  const status = requestErrorStatuses[answer.errors[0]?.extensions.code ?? ""] ?? form.requestErrorStatus;
  const body = requestErrorsBody(answer.errors, config.server);
  return { status, contentType, mayRetry: status === 503, body };
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

function mutationOverGet(): Refusal {
  return new Refusal(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.").with({
    headers: { allow: "POST" },
  });
}
