/** `joint` in the gateway's process: values go in and out as they are, and evidence goes in as the text in which it was lent. */
import { join } from "node:path";
import type { CacheSettings } from "../../../schema/cache-settings";
import { openJoint, type OpenJoint } from "../../../subgraphs/joint";
import { lentText } from "../../../subgraphs/joint/evidence/lent-text";
import { LENT_BRANCHES } from "../../../subgraphs/joint/evidence/parse-evidence";
import { limitsAsCached } from "../../../subgraphs/joint/judgement/decision-memory";
import { readAttributes } from "../../../subgraphs/shared/request-context";
import type { RequestContext, SubgraphResponse } from "../../engine/contract";
import { fromByteText } from "../../engine/byte-text";
import { isVerbatim, type Verbatim } from "../../engine/verbatim/verbatim";
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

type Values = Readonly<Record<string, unknown>>;

// `joint` opens the evidence about an enterprise only where it has to; whatever else is lent to it, it gets opened.
function withLentTexts(variables: Values): Values {
  const { representations } = variables;
  if (!Array.isArray(representations)) return variables;
  const lendAll = (representation: Values): Values => {
    const lent: Record<string, unknown> = {};
    for (const name in representation) {
      const value = representation[name];
      lent[name] = isVerbatim(value) ? lend(name, value) : value;
    }
    return lent;
  };
  return { ...variables, representations: representations.map(lendAll) };
}

function lend(name: string, { bytes }: Verbatim): unknown {
  return LENT_BRANCHES.has(name) ? lentText(bytes, fromByteText) : JSON.parse(fromByteText(bytes));
}

/** What an engine in this process asks. */
export function asLocalSubgraph(joint: Pick<OpenJoint, "ask">): LocalSubgraph {
  return {
    takesVerbatim: true,
    execute: async ({ query, variables }, context) =>
      (await joint.ask(
        { query, variables: withLentTexts(variables) },
        attributesOf(context),
      )) as SubgraphResponse,
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
