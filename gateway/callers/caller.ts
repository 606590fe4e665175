/**
 * Who asks, and what for. The only caller for now is `everybody`; who a caller is and what it may do will be read from
 * its token here, and nowhere else: what comes out of this folder travels through the engine into every subgraph.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Enforcement } from "../engine/options";
import { badRequest } from "../http/refusal";

/** A caller as far as one request is concerned. */
export interface Caller {
  readonly name: string;
  /** What the caller says it asks for; subgraphs check whether it may. Undefined when it said nothing. */
  readonly purpose: string | undefined;
  readonly mayReadSchema: boolean;
}

/** Identifies the caller of a request by its headers. Throws a Refusal. */
export type IdentifyCaller = (headers: IncomingHttpHeaders) => Caller;

/** Everybody is the same caller. A header that claims to be somebody (`x-hub-caller`) is not looked at. */
export function identifyEverybody({ mayReadSchema }: { mayReadSchema: boolean }): IdentifyCaller {
  return (headers) => ({ name: "everybody", purpose: readPurpose(headers["x-hub-purpose"]), mayReadSchema });
}

/** What a supergraph protects is seen by nobody: `everybody` is not authenticated, has no scope and meets no policy. */
export const denyEverybody: Enforcement = { allows: () => false };

/** What a caller says goes into every subgraph's headers, so it is a plain word or nothing. */
function readPurpose(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === "string" && /^[A-Z][A-Z_]{0,39}$/.test(header)) return header;
  throw badRequest("The header x-hub-purpose must be one word in capitals, such as LOAN.");
}
