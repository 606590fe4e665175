/** Headers that every request and every answer have to do with. */
import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A caller's own id is kept when it is a plain word, so that its logs and ours can be joined. */
export function readRequestId(headers: IncomingHttpHeaders): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}

/** What stands above every answer: names and values in turn. */
export function standingHeaders(requestId: string): readonly string[] {
  return ["x-request-id", requestId, "cache-control", "no-store", "x-content-type-options", "nosniff"];
}
