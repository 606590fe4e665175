/** What the engine is configured with. */
import type { RequestContext, Transport } from "./contract";
import type { MeasuredLimits } from "./limits";

/** What `@authenticated`, `@requiresScopes` and `@policy` ask for one field or type; the lists are any-of all-of. */
export interface ProtectionRequirement {
  readonly authenticated: boolean;
  readonly scopes: readonly (readonly string[])[];
  readonly policies: readonly (readonly string[])[];
}

/** Decides, per caller, about fields and types that the supergraph protects. */
export interface Enforcement {
  /** True when the caller meets the requirement. Called once per requirement and request, never cached. */
  allows(requirement: ProtectionRequirement, context: RequestContext): boolean;
}

/** How errors of subgraphs are shown. */
export interface SubgraphErrorPolicy {
  /** `extensions.code` of errors whose message a subgraph wrote for callers; all others are masked. */
  readonly publicCodes?: readonly string[];
  /** The code of the error when a subgraph gave no answer, or not to what it was asked; DOWNSTREAM_SERVICE_ERROR by default. */
  readonly unavailableCode?: string;
  /** Shows every error of a subgraph as it is. For audits and development only. */
  readonly passThrough?: boolean;
}

/** Limits are the server's to give; without them the engine answers everything that is valid. */
export interface EngineOptions {
  /** A composed supergraph (Apollo Federation 2 join specification). */
  readonly supergraphSdl: string;
  /** Gives the transport of a subgraph; called once per subgraph when the engine is made. */
  readonly transports: (subgraphName: string, url: string | undefined) => Transport;
  /** What a document and an operation may be at most. */
  readonly limits?: MeasuredLimits;
  /** Without it, a supergraph with protected fields or types is refused. */
  readonly enforcement?: Enforcement;
  readonly subgraphErrors?: SubgraphErrorPolicy;
  /** Compiled operations kept, least recently used first out. */
  readonly operationCacheSize?: number;
  /** Progressive `@override`: the labels that are active for this request, and its place in 0..100. */
  readonly overrides?: (context: RequestContext) => {
    readonly labels: ReadonlySet<string>;
    readonly percentage: number;
  };
}
