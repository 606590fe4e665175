/** How asking a subgraph ended, in the word that metrics and traces have for it. */
import { TransportError, type SubgraphResponse } from "../engine/contract";

/** `ok`, or `errors` for an answer that carries some. */
export function resultOfAnswer({ errors }: SubgraphResponse): string {
  return errors && errors.length > 0 ? "errors" : "ok";
}

/** Why there was no answer. */
export function resultOfFailure(error: unknown): string {
  return error instanceof TransportError ? error.reason : "failed";
}
