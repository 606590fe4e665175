/** The root field of a subscription: opens the stream of one subgraph, and merges each event into a run of its own. */
import type { FetchNode } from "@graphql-hive/router-query-planner";
import type { SubgraphResponse } from "./contract";
import { prepareFetchText, promisedKeys, type FetchSetting } from "./fetch";
import { acceptRootResponse, toRequest, type RootFetch } from "./root-fetch";
import type { Run } from "./run";
import { readSelectionTree, renameInTree } from "./selection-tree";

/** Opens the events of one subscription. */
export interface OpenSource {
  /** The subgraph's stream. Throws when the subgraph offers none. */
  readonly open: (run: Run) => AsyncIterable<SubgraphResponse>;
  /** Merges an event into a fresh run, from which the rest of the operation is then resolved. */
  readonly accept: (response: SubgraphResponse, run: Run) => void;
}

/** Compiles the primary fetch of a subscription plan. */
export function compileSource(node: FetchNode, setting: FetchSetting): OpenSource {
  const selected = readSelectionTree(node.operation, setting.types);
  renameInTree(selected, node.outputRewrites ?? []);
  const planned = { index: 0, node, conditions: [], dependsOn: [], selected, path: [], lookups: [] };
  const text = prepareFetchText(planned, setting);
  const fetch: RootFetch = { planned, setting, text, promised: promisedKeys(selected) };
  return {
    open: (run) => {
      const { subscribe } = text.transport;
      if (!subscribe) throw new Error(`The subgraph '${node.serviceName}' offers no subscriptions.`);
      return subscribe(toRequest(text, run), run.context);
    },
    accept: (response, run) => acceptRootResponse(fetch, response, { run, targets: [run.data] }),
  };
}
