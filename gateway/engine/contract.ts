/** What the engine takes and gives, and what it asks of a transport. Everything else in this folder is its own affair. */

/** A GraphQL operation as a caller sent it, already a well-formed request. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What travels beside an operation from the server through the engine and the transports into every subgraph. */
export interface RequestContext {
  readonly requestId: string;
  /** The moment (`performance.now()` milliseconds) after which no answer is waited for. */
  readonly deadlineAt: number;
  /** Who asks and what for; sent to subgraphs as headers `x-hub-<name>`, or as they are to a local subgraph. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the request stands in a trace (W3C Trace Context); sent on to subgraphs. */
  readonly traceparent?: string | undefined;
  /** Whether the caller may read the schema (`__schema`, `__type`); absent means no: FORBIDDEN, nothing executed. */
  readonly mayReadSchema?: boolean;
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal;
}

/** An error as it is shown to a caller (GraphQL specification, section 7.1.2). */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** The engine's answer. `json` is the whole response as JSON text. */
export interface Answer {
  readonly json: string;
  /** The same as byte text, where it was written so: `json` is then made when it is asked for. */
  readonly bytes?: string;
  /** False for a request error: nothing was executed and the response has no `data`. */
  readonly executed: boolean;
  readonly operation: {
    readonly type: "query" | "mutation" | "subscription";
    readonly name: string | null;
  } | null;
  readonly errors: readonly AnswerError[];
}

/**
 * One request to a subgraph. `queryJson` (when known) and `variablesJson` are the JSON texts of `query` and `variables`, as byte
 * text (`byte-text.ts`), for transports that send text; the engine's `variables` is a getter that a text transport never has to touch.
 */
export interface SubgraphRequest {
  readonly query: string;
  readonly queryJson?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly variablesJson: string;
  readonly isMutation: boolean;
  /** Set when entities are asked for and `$representations` is the only variable: what a transport needs to ask together. */
  readonly entities?: RepresentedEntities | undefined;
  /** Set where the answer may be more than parsed: for a transport that `readsBytes`. */
  readonly read?: ReadAnswer | undefined;
}

/** Reads the byte text of an answer, in a form that only the engine understands; undefined: it has to be parsed. */
export type ReadAnswer = (bytes: string) => SubgraphResponse | undefined;

/** The representations of one request. The answer's `data._entities` has `count` places, in this order. */
export interface RepresentedEntities {
  readonly count: number;
  /** JSON of the list, as byte text, without its brackets. */
  readonly listJson: string;
}

/** What a subgraph answered. A transport that could not get a well-formed answer throws a TransportError instead. */
export interface SubgraphResponse {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly path?: unknown;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** How the engine reaches one subgraph. */
export interface Transport {
  /** True for a transport that reads `variables` rather than `variablesJson`: nothing is written as text for it. */
  readonly takesValues?: boolean;
  /** True for a transport that takes values, and knows a representation's verbatim parts (`verbatim/verbatim.ts`) for what they are. */
  readonly takesVerbatim?: boolean;
  /** True for a transport that heeds `read` of a request, and changes nothing of what that gives. */
  readonly readsBytes?: boolean;
  send(request: SubgraphRequest, context: RequestContext): Promise<SubgraphResponse>;
  /** Opens a subscription; ending the iteration ends it in the subgraph too. Absent where it is not supported. */
  readonly subscribe?: (request: SubgraphRequest, context: RequestContext) => AsyncIterable<SubgraphResponse>;
  /** How the subgraph fares, for readiness and metrics. */
  readonly state?: () => "up" | "down" | "probing";
  close(): Promise<void>;
}

/** A subgraph could not be asked, or did not give a well-formed answer. The message is for logs, never for callers. */
export class TransportError extends Error {
  constructor(
    readonly reason: "timeout" | "unreachable" | "status" | "malformed" | "too_large" | "breaker_open",
    message: string,
  ) {
    super(message);
    this.name = "TransportError";
  }
}
