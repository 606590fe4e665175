/** Prepares operations: parse, limits, validate, split. What was prepared once is kept, least recently used first out. */
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { refuse, toAnswerError, type ErrorScope } from "./answer";
import type { Answer, AnswerError, OperationRequest } from "./contract";
import { compileCost, type CostCheck } from "./cost";
import { compileIntrospection, splitOperation } from "./introspection";
import { checkDocument, checkText, type MeasuredLimits } from "./limits";
import type { CompiledOperation } from "./compile-operation";
import { conditionVariables } from "./plannable";
import { compileVariables, type CoerceVariables, type Variables } from "./variables";

/** An operation that may be executed, as often as it is asked for. */
export interface PreparedOperation extends ErrorScope {
  readonly operation: OperationDefinitionNode;
  readonly is: NonNullable<Answer["operation"]>;
  readonly document: DocumentNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What is asked of subgraphs; undefined when only the schema and `__typename` are asked for. */
  readonly data: DocumentNode | undefined;
  readonly introspect: ((variables: Variables) => Readonly<Record<string, unknown>>) | undefined;
  readonly coerceVariables: CoerceVariables;
  readonly checkCost: CostCheck | undefined;
  /** The variables of `@skip` and `@include`. */
  readonly conditionVariables: readonly string[];
  /** Compiled plans by what makes them differ: conditions, override labels, what the caller is denied. */
  readonly compiled: LRUCache<string, Promise<CompiledOperation>>;
  /** The one compiled plan of an operation that has no variants, once it is there. */
  plain: CompiledOperation | undefined;
}

/** Gives the prepared operation, or the answer that refuses it. */
export type PrepareOperation = (request: OperationRequest) => PreparedOperation | Answer;

/** How the cache of operations fares. */
export interface OperationCounts {
  /** Operations in the cache. */
  readonly kept: number;
  /** Requests whose operation was in it, and requests whose operation had to be prepared. */
  readonly hits: number;
  readonly misses: number;
}

/** The cache of prepared operations. */
export interface Preparer {
  readonly prepare: PrepareOperation;
  readonly counts: () => OperationCounts;
}

/** Tells the two apart. */
export function isRefusal(prepared: PreparedOperation | Answer): prepared is Answer {
  return "executed" in prepared;
}

/** What operations are prepared by. */
export interface PreparingSetting {
  readonly schema: GraphQLSchema;
  readonly limits: MeasuredLimits | undefined;
  readonly cacheSize: number;
}

const VALIDATION_ERRORS_MAX = 5;
/** Compiled variants of one operation. */
const VARIANTS_MAX = 32;
const CACHED_CHARACTERS_MAX = 20_000_000;

/** Creates the cache. Refusals are not kept: a caller could flood it with them. */
export function createPreparer(setting: PreparingSetting): Preparer {
  let hits = 0;
  let misses = 0;
  const cache = new LRUCache<string, PreparedOperation>({
    max: setting.cacheSize,
    maxSize: CACHED_CHARACTERS_MAX,
    sizeCalculation: (_prepared, key) => key.length + 1,
  });
  return {
    prepare(request) {
      const key = request.operationName ? `${request.operationName}\n${request.query}` : request.query;
      const known = cache.get(key);
      if (known) {
        hits++;
        return known;
      }
      misses++;
      const prepared = prepare(request, setting);
      if (!isRefusal(prepared)) cache.set(key, prepared);
      return prepared;
    },
    counts: () => ({ kept: cache.size, hits, misses }),
  };
}

function prepare(
  request: OperationRequest,
  { schema, limits }: PreparingSetting,
): PreparedOperation | Answer {
  const tooLong = limits && checkText(request.query, limits);
  if (tooLong) return refuse([tooLong]);
  const document = parseDocument(request.query);
  if (document instanceof GraphQLError) return refuse([toAnswerError(document, "GRAPHQL_PARSE_FAILED")]);
  const refusal = limits && checkDocument(document, limits).refusal;
  if (refusal) return refuse([refusal]);
  const errors = validateDocument(document, schema);
  if (errors.length > 0) return refuse(errors);
  const operation = getOperationAST(document, request.operationName);
  if (!operation)
    return refuse([
      {
        message: request.operationName
          ? "The document has no operation of this name."
          : "The document has several operations: say which one by operationName.",
        extensions: { code: "OPERATION_RESOLUTION_FAILURE" },
      },
    ]);
  return toPrepared({ document, operation }, schema, limits);
}

function toPrepared(
  { document, operation }: { document: DocumentNode; operation: OperationDefinitionNode },
  schema: GraphQLSchema,
  limits: MeasuredLimits | undefined,
): PreparedOperation {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const { introspection, data } = splitOperation(document, operation, fragments);
  return {
    operation,
    is: { type: operation.operation, name: operation.name?.value ?? null },
    document,
    fragments,
    data,
    introspect: introspection && compileIntrospection(schema, introspection),
    coerceVariables: compileVariables(schema, operation),
    checkCost: limits && compileCost(schema, { document, operation }, limits),
    conditionVariables: conditionVariables(document),
    compiled: new LRUCache({ max: VARIANTS_MAX }),
    plain: undefined,
  };
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    return new GraphQLError("The document is nested too deeply.");
  }
}

function validateDocument(document: DocumentNode, schema: GraphQLSchema): readonly AnswerError[] {
  const unsupported = findUnsupported(document);
  if (unsupported) return [unsupported];
  return validate(schema, document, specifiedRules, { maxErrors: VALIDATION_ERRORS_MAX }).map((error) =>
    toAnswerError(error, "GRAPHQL_VALIDATION_FAILED"),
  );
}

/** Names that the planner or JavaScript use themselves, and directives that would be silently ignored elsewhere. */
function findUnsupported(document: DocumentNode): AnswerError | undefined {
  let found: AnswerError | undefined;
  const refuseIf = (isUnsupported: boolean, message: string) => {
    if (isUnsupported) found ??= { message, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } };
  };
  visit(document, {
    Directive: ({ name: { value } }) =>
      refuseIf(
        value === "defer" || value === "stream",
        `@${value} is not supported: answers come in one piece.`,
      ),
    Field: ({ alias }) =>
      refuseIf(
        alias !== undefined && /^(__|_internal_qp_)/.test(alias.value),
        "Aliases must not begin with two underscores: such names are reserved.",
      ),
  });
  return found;
}
