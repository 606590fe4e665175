/** How a department asks the hub's graph: over HTTP, within the time that the gateway gives the department itself. */

/** Asks the graph; gives the data of the answer, and rejects when there is none. */
export type AskGraph = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

// The gateway waits 2 s for a department that records; what is left must suffice for the writing.
const ANSWER_WITHIN_MS = 1_200;

/** The graph of the hub at `url`, an address without a path (`http://127.0.0.1:4000`). Rejects what is not answered in time. */
export function graphAt(url: string, answerWithinMs: number = ANSWER_WITHIN_MS): AskGraph {
  return async (query, variables) => {
    const response = await fetch(new URL("/graphql", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const { data } = (await response.json()) as { data?: Record<string, unknown> | null };
    if (!data) throw new Error(`the hub did not answer (status ${response.status})`);
    return data;
  };
}
