/** The federation engine: a supergraph and transports in, answers out. Knows neither HTTP nor this domain. */
import type { GraphQLSchema } from "graphql";
import type { Answer, OperationRequest, RequestContext } from "./contract";
import type { EngineOptions } from "./options";

/** What a request turned out to be, or the answer that refuses it (a request error: nothing was executed). */
export type Prepared =
  | { readonly operation: NonNullable<Answer["operation"]>; readonly refusal?: undefined }
  | { readonly operation?: undefined; readonly refusal: Answer };

/** One supergraph, ready to answer. */
export interface Engine {
  readonly apiSchema: GraphQLSchema;
  readonly apiSdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string | undefined }[];
  /** Parses and validates, without asking anybody; what is prepared here is not prepared again by `execute`. */
  prepare(request: OperationRequest): Prepared;
  /** Answers a query or mutation. Never rejects: whatever fails is in the answer's errors. */
  execute(request: OperationRequest, context: RequestContext): Promise<Answer>;
  /** Answers a subscription, one answer an event. A refused request gives one answer that was not executed. */
  subscribe(request: OperationRequest, context: RequestContext): AsyncIterable<Answer>;
  /** Closes the transports; operations in flight fail. */
  close(): Promise<void>;
}

/** Throws when the supergraph cannot be read, or protects fields and no enforcement is configured. */
export function createEngine(options: EngineOptions): Engine {
  throw new Error(`not landed yet (${options.supergraphSdl.length} characters of supergraph)`);
}
