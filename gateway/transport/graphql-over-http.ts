/** GraphQL requests and responses as texts. */
import { toByteText } from "../engine/byte-text";
import { TransportError, type SubgraphRequest, type SubgraphResponse } from "../engine/contract";

/** The JSON of a GraphQL request, as byte text. */
export function bodyOf({ query, queryJson, variablesJson }: SubgraphRequest): string {
  return `{"query":${queryJson ?? toByteText(JSON.stringify(query))},"variables":${variablesJson}}`;
}

/** Parses a GraphQL response. Throws a TransportError when it is none. */
export function parseResponse(text: string): SubgraphResponse {
  let response: unknown;
  try {
    response = JSON.parse(text);
  } catch {
    throw new TransportError("malformed", "The answer is not JSON.");
  }
  const isResponse =
    typeof response === "object" && response !== null && ("data" in response || "errors" in response);
  if (!isResponse) throw new TransportError("malformed", "The answer is no GraphQL response.");
  return response as SubgraphResponse;
}
