/** `joint` in the gateway's process: values go in and out as they are. */
import { join } from "node:path";
import type { CacheSettings } from "../../../schema/cache-settings";
import { openJoint, type OpenJoint } from "../../../subgraphs/joint";
import { limitsAsCached } from "../../../subgraphs/joint/judgement/decision-memory";
import { readAttributes } from "../../../subgraphs/shared/request-context";
import type { RequestContext, SubgraphResponse } from "../../engine/contract";
import { countDecision } from "../../metrics";
import { pageOf } from "./joint-page";
import type { LocalSubgraph } from "../../transport/local";

/** The folder of the keys that sign receipts. */
export const keysFolderOf = (dataDir: string): string => join(dataDir, "keys");

/** Where `joint` keeps what it keeps: its database, and the data folder with the signing key. */
export interface JointPlaces {
  readonly databaseUrl: string;
  readonly dataDir: string;
}

/**
 * Opens `joint`; with the cache of department answers it also remembers decisions, in as much memory as each of those. Who asks
 * nothing twice gives no settings, and nothing is remembered.
 */
export function openLocalJoint(
  { databaseUrl, dataDir }: JointPlaces,
  config?: CacheSettings,
): Promise<OpenJoint> {
  return openJoint(databaseUrl, {
    keysFolder: keysFolderOf(dataDir),
    observe: countDecision,
    remember: config && limitsAsCached(config),
  });
}

// The same names as the headers of a subgraph that is asked over HTTP.
function attributesOf({ requestId, attributes }: RequestContext) {
  return readAttributes((header) =>
    header === "x-request-id" ? requestId : attributes[header.slice("x-hub-".length)],
  );
}

/** What an engine in this process asks. */
export function asLocalSubgraph(joint: Pick<OpenJoint, "ask">): LocalSubgraph {
  return {
    execute: async ({ query, variables }, context) =>
      (await joint.ask({ query, variables }, attributesOf(context))) as SubgraphResponse,
  };
}

/** What a gateway is made of when `joint` runs in its process. */
export function gatewayPartsOf(joint: OpenJoint) {
  return {
    localSubgraphs: { joint: asLocalSubgraph(joint) },
    publishedKeys: joint.publishedKeys,
    publicPages: (path: string) => {
      const page = joint.publicPages(path);
      return page && pageOf(page);
    },
  };
}
