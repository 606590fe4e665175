/** Reads a subgraph's feed of changes over HTTP: `/changes` beside its `/graphql`. */
import type { Dispatcher } from "undici";
import { request } from "undici";
import { z } from "zod";
import type { FetchChanges } from "./change-feed";

const changePage = z.strictObject({
  epoch: z.string(),
  after: z.number().nullable(),
  position: z.number(),
  changed: z.array(z.string()),
});

/** Fetches pages of the feed of the subgraph that answers at `graphqlUrl`; rejects on anything but a well-formed page. */
export function fetchChangesOf(graphqlUrl: string, dispatcher: Dispatcher): FetchChanges {
  return async (after, waitMs, signal) => {
    const url = new URL("changes", graphqlUrl);
    url.searchParams.set("wait", String(waitMs));
    if (after !== null) url.searchParams.set("after", String(after));
    const { statusCode, body } = await request(url, { dispatcher, signal });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the feed of changes answered ${statusCode}`);
    return changePage.parse(JSON.parse(text));
  };
}
