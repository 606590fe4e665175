/** Runs operations: parsed, validated and compiled once (graphql-jit), then called. Errors leave in one form. */
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { Logger } from "pino";
import { HubError } from "../../schema/errors";
import type { RequestAttributes } from "./request-context";

/** A valid operation of a subgraph. `source` is the text that `document` was parsed from. */
export interface ValidOperation {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Runs a valid operation with the context of its request. */
export type OperationExecutor = (
  operation: ValidOperation,
  context: RequestAttributes,
) => Promise<{ readonly data?: Record<string, unknown> | null; readonly errors?: GraphQLFormattedError[] }>;

/** How many operations a subgraph keeps parsed and compiled: more than a gateway asks in the same words. */
export const OPERATIONS_MAX = 500;

function hubErrorOf(error: unknown): HubError | undefined {
  if (error instanceof HubError) return error;
  const { originalError } = error as { originalError?: unknown };
  return originalError ? hubErrorOf(originalError) : undefined;
}

/**
 * An error as it may be shown: a HubError as it is; a variable that does not fit its type as BAD_USER_INPUT; anything
 * else is ours, logged in full and shown as INTERNAL_SERVER_ERROR without a word of what happened.
 */
export function presentError(
  error: GraphQLError,
  { log, requestId }: { readonly log: Logger; readonly requestId: string },
): GraphQLFormattedError {
  const { path, locations } = error;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const hubError = hubErrorOf(error);
  if (hubError) return { message: hubError.message, ...place, extensions: { ...hubError.extensions } };
  const isRequestError = !path && !error.originalError;
  if (isRequestError) {
    const code = error.extensions?.["code"] ?? "BAD_USER_INPUT";
    return { message: error.message, ...place, extensions: { code } };
  }
  log.error({ err: error.originalError ?? error, requestId }, "an operation failed");
  return {
    message: "Internal server error.",
    ...place,
    extensions: { code: "INTERNAL_SERVER_ERROR", requestId },
  };
}

function presentResult(result: ExecutionResult, log: Logger, requestId: string) {
  const { data, errors } = result as ExecutionResult<Record<string, unknown>>;
  const presented = errors?.map((error) => presentError(error, { log, requestId }));
  return {
    ...(data !== undefined && { data }),
    ...(presented && presented.length > 0 && { errors: presented }),
  };
}

/** An executor over a schema, with a bounded cache of compiled operations. */
export function createExecutor(schema: GraphQLSchema, log: Logger): OperationExecutor {
  const compiled = new LRUCache<string, CompiledQuery>({ max: OPERATIONS_MAX });
  const compile = ({ document, source, operationName }: ValidOperation): CompiledQuery | ExecutionResult => {
    const key = `${operationName ?? ""}\n${source}`;
    const cached = compiled.get(key);
    if (cached) return cached;
    const query = compileQuery(schema, document, operationName);
    if (isCompiledQuery(query)) compiled.set(key, query);
    return query;
  };
  return async (operation, context) => {
    const query = compile(operation);
    const result = isCompiledQuery(query)
      ? await query.query(undefined, context, operation.variables as Record<string, unknown>)
      : query;
    return presentResult(result, log, context.requestId);
  };
}
