/** GraphQL over HTTP requests, read strictly: what is not exactly as specified is refused, never guessed. */
import { createHash } from "node:crypto";
import type { OperationRequest } from "../engine/contract";
import { badRequest, Refusal } from "./refusal";
import { parseStrictJson } from "./strict-json";

/** Where documents may come from besides the request itself. */
export interface DocumentSource {
  /** SHA-256 of a document's text -> the text. When given, no other document is answered. */
  readonly trustedDocuments: ReadonlyMap<string, string> | undefined;
  readonly jsonNestingMax: number;
}

/** Reads the JSON body of a POST. Throws a Refusal. */
export function readPostedOperation(body: unknown, source: DocumentSource): OperationRequest {
  if (Array.isArray(body)) throw badRequest("Batches are not supported: send one operation a request.");
  if (!isMap(body)) throw badRequest("The request body must be a JSON object.");
  return readParameters(body, source);
}

/** Reads the query string of a GET; `variables` and `extensions` are JSON text. Throws a Refusal. */
export function readQueryStringOperation(parameters: JsonMap, source: DocumentSource): OperationRequest {
  const decoded: Record<string, unknown> = {};
  for (const name of ["query", "operationName", "variables", "extensions"]) {
    const value = parameters[name];
    if (Array.isArray(value)) throw badRequest(`The parameter ${name} was given twice.`);
    const isJson = name === "variables" || name === "extensions";
    if (typeof value !== "string" || (isJson && value === "")) continue;
    decoded[name] = isJson ? parseStrictJson(Buffer.from(value), source.jsonNestingMax) : value;
  }
  return readParameters(decoded, source);
}

type JsonMap = Readonly<Record<string, unknown>>;

function readParameters(parameters: JsonMap, { trustedDocuments }: DocumentSource): OperationRequest {
  const { operationName, variables, extensions } = parameters;
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string")
    throw badRequest("The parameter operationName must be a string.");
  if (variables !== undefined && variables !== null && !isMap(variables))
    throw badRequest("The parameter variables must be a map.");
  if (extensions !== undefined && extensions !== null && !isMap(extensions))
    throw badRequest("The parameter extensions must be a map.");
  const persisted = extensions?.["persistedQuery"];
  const query =
    persisted === undefined
      ? parameters["query"]
      : readPersistedQuery(persisted, { query: parameters["query"], trustedDocuments });
  if (typeof query !== "string") throw badRequest("The parameter query must be a string.");
  if (trustedDocuments && !trustedDocuments.has(hashDocument(query)))
    throw new Refusal(
      403,
      "UNTRUSTED_DOCUMENT",
      "Only documents that were registered with the hub are answered.",
    );
  return { query, operationName, variables };
}

// Callers cannot register documents: whoever may could also fill the store, or claim another document's hash.
function readPersistedQuery(
  persisted: unknown,
  { query, trustedDocuments }: { query: unknown } & Pick<DocumentSource, "trustedDocuments">,
): unknown {
  const hash = isMap(persisted) ? persisted["sha256Hash"] : undefined;
  if (typeof hash !== "string") throw badRequest("A persisted query needs its sha256Hash.");
  if (query === undefined || query === null) {
    const code = trustedDocuments ? "PERSISTED_QUERY_NOT_FOUND" : "PERSISTED_QUERY_NOT_SUPPORTED";
    const found = trustedDocuments?.get(hash);
    if (found === undefined) throw new Refusal(400, code, "No document is registered under this hash.");
    return found;
  }
  if (typeof query === "string" && hash !== hashDocument(query))
    throw badRequest("The hash of the persisted query is not the hash of the document.");
  return query;
}

/** The name of a document in a set of trusted documents: SHA-256 of its text, in hexadecimal. */
export function hashDocument(document: string): string {
  return createHash("sha256").update(document).digest("hex");
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
