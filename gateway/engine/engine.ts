/** The federation engine: a supergraph and transports in, answers out. Knows neither HTTP nor this domain. */
import { GraphQLError, printSchema, type GraphQLSchema } from "graphql";
import { refuse, toAnswerError, writeAnswer } from "./answer";
import { compileOperation, type CompiledOperation, type CompileSetting } from "./compile-operation";
import type { Answer, OperationRequest, RequestContext, Transport } from "./contract";
import { createPreparer, isRefusal, type OperationCounts, type PreparedOperation } from "./operation";
import type { EngineOptions } from "./options";
import { createRun, type Run } from "./run";
import { readSupergraph, type SubgraphLocation } from "./supergraph";
import { createVariants, type VariantOf, type VariantRequest } from "./variants";
import type { Variables } from "./variables";
import { sampleQuery } from "./warm-up";

/** What a request turned out to be, or the answer that refuses it (a request error: nothing was executed). */
export type Prepared =
  | { readonly operation: NonNullable<Answer["operation"]>; readonly refusal?: undefined }
  | { readonly operation?: undefined; readonly refusal: Answer };

/** One supergraph, ready to answer. */
export interface Engine {
  readonly apiSchema: GraphQLSchema;
  readonly apiSdl: string;
  readonly subgraphs: readonly SubgraphLocation[];
  /** Parses and validates, without asking anybody; what is prepared here is not prepared again by `execute`. */
  prepare(request: OperationRequest): Prepared;
  /** Answers a query or mutation. Never rejects: whatever fails is in the answer's errors. */
  execute(request: OperationRequest, context: RequestContext): Promise<Answer>;
  /** Answers a subscription, one answer an event. A refused request gives one answer that was not executed. */
  subscribe(request: OperationRequest, context: RequestContext): AsyncIterable<Answer>;
  /** Plans and runs operations of its own making, and asks nobody: the first caller need not wait for cold code. */
  warmUp(): Promise<void>;
  /** How the cache of operations fares. */
  readonly countOperations: () => OperationCounts;
  /** Closes the transports; operations in flight fail. */
  close(): Promise<void>;
}

const OPERATION_CACHE_SIZE = 1_000;

/** A supergraph protects fields, and no enforcement is configured. */
export class Unenforced extends Error {}

/** Throws when the supergraph cannot be read; Unenforced when it protects fields and no enforcement is configured. */
export function createEngine(options: EngineOptions): Engine {
  const supergraph = readSupergraph(options.supergraphSdl);
  if (supergraph.protections.size > 0 && !options.enforcement)
    throw new Unenforced(
      `The supergraph protects ${[...supergraph.protections.keys()].slice(0, 5).join(", ")}; without enforcement it is refused.`,
    );
  const transports = new Map(
    supergraph.subgraphs.map(({ name, url }) => [name, options.transports(name, url)]),
  );
  const preparer = createPreparer({
    schema: supergraph.apiSchema,
    limits: options.limits,
    cacheSize: options.operationCacheSize ?? OPERATION_CACHE_SIZE,
  });
  const core: Core = {
    schema: supergraph.apiSchema,
    ...preparer,
    variantOf: createVariants(supergraph, options),
    setting: {
      supergraph,
      types: supergraph.types,
      transportOf: (name) => transports.get(name)!,
      errorPolicy: options.subgraphErrors ?? {},
    },
  };
  return toEngine(core, supergraph.subgraphs, [...transports.values()]);
}

interface Core {
  readonly schema: GraphQLSchema;
  readonly prepare: (request: OperationRequest) => PreparedOperation | Answer;
  readonly counts: () => OperationCounts;
  readonly variantOf: VariantOf;
  readonly setting: CompileSetting;
}

function toEngine(
  core: Core,
  subgraphs: readonly SubgraphLocation[],
  transports: readonly Transport[],
): Engine {
  let apiSdl: string | undefined;
  return {
    apiSchema: core.schema,
    get apiSdl() {
      return (apiSdl ??= printSchema(core.schema));
    },
    subgraphs,
    countOperations: core.counts,
    prepare: (request) => {
      const prepared = core.prepare(request);
      return isRefusal(prepared) ? { refusal: prepared } : { operation: prepared.is };
    },
    execute: (request, context) => execute(core, request, context),
    subscribe: (request, context) => subscribe(core, request, context),
    warmUp: () => warmUp(core),
    close: async () => {
      await Promise.all(transports.map((transport) => transport.close()));
    },
  };
}

const WARM_UP_RUNS = 20;

async function warmUp(core: Core): Promise<void> {
  const context = { requestId: "warm-up", deadlineAt: 0, attributes: {} };
  const query = sampleQuery(core.schema);
  const sample = query === undefined ? undefined : core.prepare({ query });
  if (sample && !isRefusal(sample)) await compileFor(core, { prepared: sample, context, variables: {} });
  const request = { query: "query WarmUp { __typename }" };
  const prepared = core.prepare(request);
  for (let run = 0; run < WARM_UP_RUNS; run++)
    await execute({ ...core, prepare: () => prepared }, request, context);
}

/** An operation whose request is admitted: its variables are coerced, and it is compiled for this caller. */
interface Admitted {
  readonly prepared: PreparedOperation;
  readonly variables: Variables;
  readonly compiled: CompiledOperation;
}

async function admit(
  core: Core,
  request: OperationRequest,
  context: RequestContext,
): Promise<Admitted | Answer> {
  const prepared = core.prepare(request);
  if (isRefusal(prepared)) return prepared;
  const refuseWith = (message: string, code: string) =>
    refuse([{ message, extensions: { code } }], prepared.is);
  if (prepared.introspect && context.mayReadSchema !== true)
    return refuseWith("You may not read the schema.", "FORBIDDEN");
  const variables = prepared.coerceVariables(request.variables ?? {});
  if (isErrors(variables))
    return refuse(
      variables.map((error) => toAnswerError(error, "BAD_USER_INPUT")),
      prepared.is,
    );
  const tooCostly = prepared.checkCost?.(variables);
  if (tooCostly) return refuse([tooCostly], prepared.is);
  const compiled = prepared.plain ?? (await compileFor(core, { prepared, context, variables }));
  if (!compiled) return unplannable(prepared);
  return { prepared, variables, compiled };
}

function isErrors(variables: Variables | readonly GraphQLError[]): variables is readonly GraphQLError[] {
  return Array.isArray(variables);
}

/** A valid operation that no combination of subgraphs can answer: its data is null, as for any error at the root. */
function unplannable(prepared: PreparedOperation): Answer {
  const errors = [
    { message: "The subgraphs cannot answer this operation.", extensions: { code: "QUERY_PLAN_FAILED" } },
  ];
  return {
    json: `{"data":null,"errors":${JSON.stringify(errors)}}`,
    executed: true,
    operation: prepared.is,
    errors,
  };
}

async function compileFor(core: Core, request: VariantRequest): Promise<CompiledOperation | undefined> {
  const { prepared } = request;
  const { key, variant } = core.variantOf(request);
  let compiling = prepared.compiled.get(key);
  if (!compiling) {
    compiling = compileOperation(prepared, variant, core.setting);
    prepared.compiled.set(key, compiling);
    // A plan that failed may succeed later (it may have been cut off): it is not kept.
    compiling.catch(() => prepared.compiled.delete(key));
  }
  const compiled = await compiling.catch(() => undefined);
  if (core.variantOf.isConstant && prepared.conditionVariables.length === 0) prepared.plain = compiled;
  return compiled;
}

async function execute(core: Core, request: OperationRequest, context: RequestContext): Promise<Answer> {
  try {
    const admitted = await admit(core, request, context);
    if ("executed" in admitted) return admitted;
    if (admitted.prepared.is.type === "subscription")
      return refuse(
        [{ message: "Subscriptions need a stream.", extensions: { code: "SUBSCRIPTION_NEEDS_STREAM" } }],
        admitted.prepared.is,
      );
    return await complete(admitted, createRun(context, admitted.variables));
  } catch {
    return refuse([{ message: "The gateway failed.", extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
  }
}

/** Runs the fetches on what is in the run already, and writes the answer. */
async function complete({ prepared, variables, compiled }: Admitted, run: Run): Promise<Answer> {
  await compiled.run(run);
  const data = compiled.project(run.data, {
    run,
    path: [],
    introspection: prepared.introspect?.(variables),
  });
  return writeAnswer(data, { run, scope: prepared, places: compiled.places }, prepared.is);
}

async function* subscribe(
  core: Core,
  request: OperationRequest,
  context: RequestContext,
): AsyncGenerator<Answer> {
  const admitted = await admit(core, request, context);
  if ("executed" in admitted) return yield admitted;
  const { source } = admitted.compiled;
  const { is } = admitted.prepared;
  if (is.type !== "subscription")
    return yield refuse([{ message: "This is no subscription.", extensions: { code: "BAD_REQUEST" } }], is);
  // Nothing is left to wait for when the caller may not see what he subscribes to: the one answer says so.
  if (!source) return yield await complete(admitted, createRun(context, admitted.variables));
  try {
    for await (const event of source.open(createRun(context, admitted.variables))) {
      const run = createRun(context, admitted.variables);
      source.accept(event, run);
      yield await complete(admitted, run);
    }
  } catch {
    yield refuse(
      [{ message: "The subscription was interrupted.", extensions: { code: "DOWNSTREAM_SERVICE_ERROR" } }],
      is,
    );
  }
}
