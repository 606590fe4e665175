/** Which form an answer takes (GraphQL over HTTP, sections 6.1 and 6.4). */
import { Refusal } from "./refusal";

/** What the caller accepts. */
export interface AcceptedForm {
  readonly contentType: string;
  /**
   * The status of an answer that was refused by parsing, validation or coercion. The specification wants 200 for callers
   * that ask for `application/json` by name, for the sake of old clients; all others get the truth.
   */
  readonly requestErrorStatus: 200 | 400;
  /** Whether events were asked for by name; a subscription needs it. */
  readonly acceptsEvents: boolean;
  /** Whether nothing but events may be sent. */
  readonly onlyEvents: boolean;
}

const GRAPHQL = "application/graphql-response+json";
const JSON_TYPE = "application/json";
const EVENTS = "text/event-stream";

const known = new Map<string, AcceptedForm>();
const KNOWN_MAX = 100;

/** Reads an Accept header. Throws a Refusal (406) when no form of GraphQL answer is acceptable. */
export function negotiate(accept: string | undefined): AcceptedForm {
  const header = accept ?? "*/*";
  const cached = known.get(header);
  if (cached) return cached;
  const form = readAccept(header);
  // Clients send a handful of different headers; a caller who sends many gains nothing from the rest being kept.
  if (known.size < KNOWN_MAX && header.length < 200) known.set(header, form);
  return form;
}

function readAccept(header: string): AcceptedForm {
  const weights = readWeights(header);
  const application = weights.get("application/*") ?? weights.get("*/*") ?? 0;
  const graphql = weights.get(GRAPHQL) ?? 0;
  const json = weights.get(JSON_TYPE) ?? 0;
  const acceptsEvents = (weights.get(EVENTS) ?? 0) > 0;
  if (graphql > 0 && graphql >= Math.max(json, application)) return form(GRAPHQL, 400, acceptsEvents);
  if (json > 0) return form(JSON_TYPE, 200, acceptsEvents);
  if (application > 0) return form(JSON_TYPE, 400, acceptsEvents);
  if (acceptsEvents) return { ...form(JSON_TYPE, 400, true), onlyEvents: true };
  throw new Refusal(406, "NOT_ACCEPTABLE", `Answers are given as ${GRAPHQL}, ${JSON_TYPE} or ${EVENTS}.`);
}

function form(type: string, requestErrorStatus: 200 | 400, acceptsEvents: boolean): AcceptedForm {
  return { contentType: `${type}; charset=utf-8`, requestErrorStatus, acceptsEvents, onlyEvents: false };
}

function readWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const range of header.split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const charset = parameters.find((parameter) => parameter.startsWith("charset="));
    if (charset && !/^charset="?utf-?8"?$/.test(charset)) continue;
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = quality ? Number(quality.slice(2)) : 1;
    weights.set(type, Number.isFinite(weight) ? Math.min(Math.max(weight, 0), 1) : 0);
  }
  return weights;
}
