/** What the HTTP server serves: given by the composition root, so that the server can be tested without a graph. */
import type { Logger } from "pino";
import type { IdentifyCaller } from "../callers/caller";
import type { GatewayConfig } from "../config";
import type { Engine } from "../engine/engine";
import type { GatewayMetrics } from "../metrics";
import type { Tracing } from "../tracing/tracing";
import type { ExampleOperation } from "./example-operations";
import type { Load } from "./load";

/** Whether requests should be sent here, and how each subgraph fares. */
export interface Readiness {
  readonly ready: boolean;
  readonly departments: Readonly<Record<string, "up" | "probing" | "down">>;
}

/** A page, and the headers that it must be served with. */
export interface PublicPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Finds a public page by its path. */
export type PublicPages = (path: string) => PublicPage | undefined | Promise<PublicPage | undefined>;

/** Everything the server needs. */
export interface ServerServices {
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly engine: Pick<Engine, "prepare" | "execute" | "subscribe">;
  readonly identify: IdentifyCaller;
  readonly metrics: GatewayMetrics;
  readonly load: Load;
  /** Where traces are collected; undefined where they are not. */
  readonly tracing: Tracing | undefined;
  readonly trustedDocuments: ReadonlyMap<string, string> | undefined;
  readonly readReadiness: () => Promise<Readiness>;
  /** The document at `/.well-known/jwks.json`, where there is one. */
  readonly publishedKeys: (() => Promise<unknown>) | undefined;
  /** Pages by their path, with the headers that they must be served with, where there are any. */
  readonly publicPages?: PublicPages | undefined;
  /** What `/graphiql` opens with. */
  readonly exampleOperations: readonly ExampleOperation[];
  /** Aborted when the process is stopping: not ready any more, and streams end. */
  readonly stopping: AbortSignal;
}
