/** Which variant of a compiled operation a request gets: by what its caller is denied, and by progressive overrides. */
import type { Variant } from "./compile-operation";
import type { RequestContext } from "./contract";
import type { PreparedOperation } from "./operation";
import type { EngineOptions } from "./options";
import { spreadDenied, touchedProtections } from "./protection";
import type { Supergraph } from "./supergraph";
import type { Variables } from "./variables";

/** Gives a request's variant and the key it is kept under. */
export interface VariantOf {
  (request: VariantRequest): { readonly key: string; readonly variant: Variant };
  /** True when requests without conditions get the same variant. */
  readonly isConstant: boolean;
}

/** A request as far as variants depend on it. */
export interface VariantRequest {
  readonly prepared: PreparedOperation;
  readonly context: RequestContext;
  readonly variables: Variables;
}

const NONE: ReadonlySet<string> = new Set();

/** Prepares the choice for a supergraph. */
export function createVariants(supergraph: Supergraph, options: EngineOptions): VariantOf {
  const { protections, planner } = supergraph;
  const hasOverrides = planner.overrideLabels.length + planner.overridePercentages.length > 0;
  const touchedBy = new WeakMap<PreparedOperation, ReadonlySet<string>>();
  const variantOf = ({ prepared, context, variables }: VariantRequest) => {
    let touched = touchedBy.get(prepared);
    if (!touched) {
      touched = touchedProtections(prepared.document, supergraph.apiSchema, protections);
      touchedBy.set(prepared, touched);
    }
    const denied = [...touched].filter(
      (coordinate) => !options.enforcement?.allows(protections.get(coordinate)!, context),
    );
    const { labels, percentage } = hasOverrides
      ? chooseOverrides(supergraph, options, context)
      : NO_OVERRIDES;
    const conditions = Object.fromEntries(prepared.conditionVariables.map((name) => [name, variables[name]]));
    return {
      key: JSON.stringify([conditions, denied, [...labels], percentage]),
      variant: {
        labels,
        percentage,
        conditions,
        denied: spreadDenied(new Set(denied), supergraph.apiSchema),
      },
    };
  };
  return Object.assign(variantOf, { isConstant: protections.size === 0 && !hasOverrides });
}

const NO_OVERRIDES = { labels: NONE, percentage: 0 };

/** Percentages between two thresholds of the supergraph give the same plan: they share the lower threshold. */
function chooseOverrides({ planner }: Supergraph, options: EngineOptions, context: RequestContext) {
  const chosen = options.overrides?.(context) ?? { labels: NONE, percentage: Math.random() * 100 };
  const labels = new Set(planner.overrideLabels.filter((label) => chosen.labels.has(label)));
  const passed = planner.overridePercentages.filter((threshold) => threshold <= chosen.percentage);
  return { labels, percentage: Math.max(0, ...passed) };
}
