/** What a subgraph is, for the plumbing that migrates, serves and stops it. */
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { ChangePage } from "../../schema/change-page";
import type { AskGraph } from "./hub-graph";
import type { LendEvidence } from "./lend-evidence";
import type { DatabaseParts } from "./migrate";
import type { RequestAttributes } from "./request-context";
import type { SchemaParts } from "./subgraph-schema";

/** What a subgraph is given when it starts. */
export interface SubgraphResources {
  readonly pool: Pool;
  readonly log: Logger;
  /** The graph of the hub that it is part of; absent when it was not told where that is. */
  readonly askGraph?: AskGraph;
}

/** A started subgraph: makes the GraphQL context of each request, and lets go of what it holds. */
export interface SubgraphRuntime {
  readonly contextOf: (attributes: RequestAttributes) => object;
  /** The page of changes behind a position, waiting up to `waitMs` for a first one. Absent: nothing is published. */
  readonly readChanges?: (after: number | null, waitMs: number) => Promise<ChangePage>;
  /** Answers some operations as text, without executing them. */
  readonly answerAsText?: LendEvidence;
  readonly close?: () => Promise<void>;
}

/** A subgraph: its schema, its database, and what its resolvers are given. `name` is also that of its SDL file. */
export interface SubgraphDefinition extends SchemaParts, DatabaseParts {
  readonly name: string;
  readonly prepare: (resources: SubgraphResources) => SubgraphRuntime | Promise<SubgraphRuntime>;
}
