/** Plans a prepared operation and compiles the plan and the projection: everything that is done once for many requests. */
import { print, type GraphQLSchema } from "graphql";
import type { PlanNode } from "@graphql-hive/router-query-planner";
import { compilePlan } from "./compile-plan";
import { compileFetches, type RunFetches } from "./execute";
import type { FetchSetting } from "./fetch";
import type { PreparedOperation } from "./operation";
import { toPlannable } from "./plannable";
import { compileProjection } from "./project";
import type { Projecting } from "./projection-errors";
import { withoutDenied } from "./protection";
import { compileSource, type OpenSource } from "./subscription-source";
import type { Supergraph } from "./supergraph";
import type { Variables } from "./variables";
import { chooseReader } from "./verbatim/choose-verbatim";
import type { VerbatimPlaces } from "./verbatim/write";

/** An operation ready to run. */
export interface CompiledOperation {
  readonly run: RunFetches;
  /** Gives `data` as the caller asked for it, or FAILED when it has to be null. */
  readonly project: (data: unknown, to: Projecting) => unknown;
  /** Where there may be verbatim parts in it. */
  readonly places: VerbatimPlaces;
  /** Opens the root field's events; only there for subscriptions. */
  readonly source: OpenSource | undefined;
}

/** What makes two plans of one operation differ. */
export interface Variant {
  readonly labels: ReadonlySet<string>;
  readonly percentage: number;
  /** Coordinates that the caller may not see. */
  readonly denied: ReadonlySet<string>;
  /** The values of the variables of `@skip` and `@include`. */
  readonly conditions: Variables;
}

/** What operations are compiled with. */
export interface CompileSetting extends FetchSetting {
  readonly supergraph: Supergraph;
}

/** Longer planning than this is an attack or a defect; the operation is refused. */
const PLAN_TIMEOUT_MS = 2_000;

/** Compiles one variant. Rejects when the planner finds no way to answer, or takes too long. */
export async function compileOperation(
  prepared: PreparedOperation,
  variant: Variant,
  setting: CompileSetting,
): Promise<CompiledOperation> {
  const { supergraph } = setting;
  const { apiSchema: schema } = supergraph;
  const plan = await planOperation(prepared, variant, supergraph);
  const { source, rest } = separateSource(plan);
  const planned = compilePlan(rest, prepared.operation.operation === "mutation", supergraph.types);
  const asked = compileRoot(prepared, schema, variant);
  const places: VerbatimPlaces = new Map();
  const verbatim = { planned, asked, places, types: setting.types, transportOf: setting.transportOf };
  return {
    run: compileFetches(planned, setting, (fetch, text) => chooseReader(fetch, text, verbatim)),
    project: asked.project,
    places,
    source: source && compileSource(source, setting),
  };
}

function compileRoot(prepared: PreparedOperation, schema: GraphQLSchema, { denied }: Variant) {
  const { operation, fragments } = prepared;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const sets = [{ set: operation.selectionSet, conditions: [] }];
  return compileProjection(sets, root, { schema, fragments, denied });
}

async function planOperation(
  prepared: PreparedOperation,
  variant: Variant,
  { planner, apiSchema }: Supergraph,
): Promise<PlanNode | undefined> {
  if (!prepared.data) return undefined;
  const allowed =
    prepared.data && variant.denied.size > 0
      ? withoutDenied(prepared.data, apiSchema, variant.denied)
      : prepared.data;
  const asked = allowed && toPlannable(allowed, variant.conditions, apiSchema);
  if (!asked) return undefined;
  const signal = AbortSignal.timeout(PLAN_TIMEOUT_MS);
  const labels = new Set(variant.labels);
  const name = prepared.operation.name?.value;
  const planned = planner.planAsync(print(asked), name, labels, variant.percentage, signal);
  return (await Promise.race([planned, whenAborted(signal)])).node ?? undefined;
}

/** A planner that goes round in circles does not heed its signal: whoever asked is answered nevertheless. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("Planning took too long.")), { once: true });
  });
}

function separateSource(plan: PlanNode | undefined) {
  if (plan?.kind === "Subscription") return { source: plan.primary, rest: undefined };
  const [first, ...others] = plan?.kind === "Sequence" ? plan.nodes : [];
  if (first?.kind !== "Subscription") return { source: undefined, rest: plan };
  return { source: first.primary, rest: { kind: "Sequence", nodes: others } satisfies PlanNode };
}
