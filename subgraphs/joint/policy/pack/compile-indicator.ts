/** Compiles an indicator of `scheme.yaml`: the counting rule, the aggregate, and what is certain when a department is silent. */
import { findFactType } from "../../../../schema/fact-catalogue";
import type { NotCounted } from "../../assessment/assessment";
import type { EvidenceFact } from "../../evidence/evidence";
import type { PolicyFault, Value } from "../contract";
import type { Names } from "../feel/resolve-cell";
import { compileAggregate } from "./aggregate";
import { findField } from "./fact-fields";
import type { Indicator, IndicatorResult } from "./indicator";
import { compileFactRule, type FactRule } from "./judge-fact";
import type { IndicatorSpec, SchemeFile } from "./scheme-file";

/** What all indicators of a pack share. */
export interface IndicatorScope {
  readonly names: Names;
  readonly anniversaryCounts: boolean;
  readonly file: string;
  readonly report: (fault: PolicyFault) => void;
}

/** Compiles one indicator; undefined when its faults, which are reported, leave nothing to run. */
export function compileIndicator(
  [name, spec]: readonly [string, IndicatorSpec],
  scope: IndicatorScope,
): Indicator | undefined {
  let faulty = false;
  const refuse = (message: string): void => {
    faulty = true;
    scope.report({ file: scope.file, message: `indicator ${name}: ${message}` });
  };
  const type = findFactType(spec.facts);
  if (!type) {
    refuse(`there is no fact type '${spec.facts}'`);
    return undefined;
  }
  const foreign = (spec.departments ?? []).filter((one) => !type.departments.includes(one));
  if (foreign.length > 0) refuse(`${foreign.join(", ")} does not record ${type.name}`);
  const rule = compileFactRule(spec, { ...scope, type, refuse });
  const field = spec.field === undefined ? undefined : findField(type, spec.field);
  if (spec.field !== undefined && !field) {
    refuse(`${type.name} has no field '${spec.field}'`);
    return undefined;
  }
  const aggregate = compileAggregate(spec, {
    field,
    rule,
    anniversaryCounts: scope.anniversaryCounts,
    refuse,
  });
  if (faulty || !aggregate) return undefined;
  return {
    name,
    label: spec.label,
    legalBasis: spec.legalBasis ?? "",
    factType: type.name,
    field: spec.field ?? null,
    departments: spec.departments ?? type.departments,
    type: aggregate.type,
    turningDays: rule.turningDays,
    dayOf: rule.dayOf,
    countsFrom: rule.countsFrom,
    evaluate: (facts, asOf, someSilent) => {
      const { counted, uncounted } = sortFacts(facts, asOf, rule);
      const known = aggregate.of(counted);
      return {
        value: someSilent ? aggregate.open(known.value) : known.value,
        counted: known.facts,
        uncounted,
      };
    },
  };
}

const NONE: readonly never[] = [];

function sortFacts(
  facts: readonly EvidenceFact[],
  asOf: string,
  rule: FactRule,
): Pick<IndicatorResult, "counted" | "uncounted"> {
  if (facts.length === 0) return { counted: NONE, uncounted: NONE };
  const counted: EvidenceFact[] = [];
  const uncounted: { fact: EvidenceFact; whyNot: NotCounted }[] = [];
  for (const fact of facts) {
    const verdict = rule.judge(fact, asOf);
    if (verdict === "COUNTED") counted.push(fact);
    else if (verdict !== "IRRELEVANT") uncounted.push({ fact, whyNot: verdict });
  }
  return { counted, uncounted };
}

/** All indicators of a scheme, in their order. */
export function compileIndicators(scheme: SchemeFile, scope: IndicatorScope): readonly Indicator[] {
  return Object.entries(scheme.indicators).flatMap((entry) => compileIndicator(entry, scope) ?? []);
}

/** The value of a parameter that is known by name, for the places where a name must be a parameter. */
export function namedValue(names: Names, name: string | undefined): Value {
  return (name === undefined ? undefined : names.get(name)?.value) ?? null;
}
