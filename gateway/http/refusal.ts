/** Requests that are answered without the engine: an HTTP status and a GraphQL body, always. */
import type { Logger } from "pino";
import type { AnswerError } from "../engine/contract";

/** Thrown anywhere on the way of a request; the message is shown to the caller as it is. */
export class Refusal extends Error {
  #extra: RefusalExtra = {};

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }

  get extra(): RefusalExtra {
    return this.#extra;
  }

  /** Adds headers to the answer, or extensions to its error. */
  with(extra: RefusalExtra): this {
    this.#extra = extra;
    return this;
  }
}

/** What an answer says besides status, code and message. */
export interface RefusalExtra {
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A bad request, status 400. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, "BAD_REQUEST", message);
}

/** The hub cannot answer now, but will again: status 503 with Retry-After. */
export function unavailable(message: string): Refusal {
  return new Refusal(503, "SERVICE_UNAVAILABLE", message).with({ headers: { "retry-after": "1" } });
}

/** Whatever else went wrong is ours: logged in full, shown without its words, and worth another try. */
export function ourFailure(error: unknown, requestId: string, { log }: { readonly log: Logger }): Refusal {
  log.error({ err: error, requestId }, "a request failed");
  const headers = { "retry-after": "1" };
  return new Refusal(503, "INTERNAL_SERVER_ERROR", "The hub failed to answer.").with({ headers });
}

/** A limit of the server that was exceeded; the error names it and what was measured. */
export function limitExceeded(
  limit: string,
  { status, allowed, measured }: { status: number; allowed: number; measured: number | undefined },
): Refusal {
  const found = measured === undefined ? `more than ${allowed}` : String(measured);
  const message = `The request exceeds the limit ${limit}: measured ${found}, allowed ${allowed}.`;
  return new Refusal(status, "LIMIT_EXCEEDED", message).with({
    extensions: { limit, allowed, measured: found },
  });
}

/** The GraphQL body of a refusal. */
export function refusalBody(refusal: Refusal): string {
  const extensions = { code: refusal.code, ...refusal.extra.extensions };
  return JSON.stringify({ errors: [{ message: refusal.message, extensions }] });
}

/** The GraphQL body of request errors, bounded in number and size however many a document provoked. */
export function requestErrorsBody(
  errors: readonly AnswerError[],
  { errorsMax, errorCharactersMax }: { errorsMax: number; errorCharactersMax: number },
): string {
  const shown = errors.slice(0, errorsMax).map((error) => {
    if (error.message.length <= errorCharactersMax) return error;
    return { ...error, message: `${error.message.slice(0, errorCharactersMax - 1)}…` };
  });
  return JSON.stringify({ errors: shown });
}
