/** The state of a procedure over a list: the first state of the pack whose conditions the recorded steps and entries meet. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import { LIST_KEEPERS } from "../policy/pack/compile-parts";
import type { ProcedureNode } from "../policy/pack/program";
import type { StateSpec } from "../policy/pack/scheme-file";
import { readCycle, type Cycle } from "./cycle";
import { dueOnOf, routeOf, windowOf } from "./procedure-days";
import type { ProcedureResult } from "./results";
import { isStep } from "./steps";
import { bitsOf, isUnknown, type Run, type World } from "./world";

/** Evaluates a procedure in a world. */
export function evaluateProcedure(node: ProcedureNode, world: World, run: Run): ProcedureResult {
  const departments = node.spec.departments ?? LIST_KEEPERS;
  const silent = run.context.silent & bitsOf(departments as readonly FactDepartment[]);
  const cycle = readCycle(node, world, { run, departments });
  const scope: ConditionScope = { node, world, cycle, someSilent: silent !== 0 };
  let rule: StateSpec | null = null;
  let uncertain = false;
  for (const state of node.spec.states) {
    const holds = meets(state, scope);
    if (holds === undefined) uncertain = true;
    if (holds === undefined || holds) {
      rule = holds ? state : null;
      break;
    }
  }
  const last = cycle.steps.at(-1);
  const window = windowOf(node, cycle, run);
  const known = rule && !rule.hidden ? rule : null;
  const valueTaint = [...node.values.values()].reduce((taint, slot) => taint | world.taints[slot]!, 0);
  return {
    rule,
    state: rule?.state ?? null,
    uncertain,
    shown: known && {
      procedure: node.spec.name,
      list: node.list,
      state: known.state,
      dueOn: dueOnOf(known, cycle, run.program.lists.get(node.list)!),
      windowOpens: window?.first ?? null,
      windowCloses: window?.last ?? null,
      route: routeOf(node, cycle, world),
    },
    ground: cycle.ground,
    activity: [
      last?.on ?? "",
      node.spec.stage === "TO_ENTRY" ? (cycle.entry?.publishedOn ?? "") : "",
      cycle.groundDay,
    ]
      .sort()
      .at(-1)!,
    provisional: known !== null && window !== null && window.provisional,
    day: last?.on ?? null,
    department: last?.fact.department ?? cycle.entry?.fact.department ?? "JOINT",
    taint: silent | valueTaint,
    facts: new Map(cycle.steps.map((step) => [step.fact, { day: step.on, since: step.on, until: null }])),
  };
}

interface ConditionScope {
  readonly node: ProcedureNode;
  readonly world: World;
  readonly cycle: Cycle;
  readonly someSilent: boolean;
}

// Three-valued: a condition that more steps or entries could change is undefined while a department is silent.
function meets({ when }: StateSpec, scope: ConditionScope): boolean | undefined {
  const { cycle, someSilent } = scope;
  const { steps } = cycle;
  const found = (holds: boolean) => holds || (someSilent ? undefined : false);
  const results: (boolean | undefined)[] = [];
  if (when.entry) results.push(meetsEntry(when.entry, scope));
  if (when.ground !== undefined) {
    results.push(cycle.ground === undefined ? undefined : cycle.ground === when.ground);
  }
  if (when.started !== undefined) {
    const started = found(steps.length > 0);
    results.push(when.started ? started : not(started));
  }
  for (const test of when.has ?? []) results.push(found(steps.some((step) => isStep(step, test))));
  if (when.hasAny) {
    results.push(found(when.hasAny.some((test) => steps.some((step) => isStep(step, test)))));
  }
  for (const test of when.hasNot ?? []) results.push(not(found(steps.some((step) => isStep(step, test)))));
  if (when.application) {
    const holds = when.application.includes(cycle.application);
    results.push(someSilent && cycle.application === "NONE" ? undefined : holds);
  }
  for (const [name, expected] of Object.entries(when.values ?? {})) {
    const value = scope.world.values[scope.node.values.get(name)!]!;
    results.push(isUnknown(value) ? undefined : value === expected);
  }
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function meetsEntry(states: readonly string[], { cycle, someSilent }: ConditionScope): boolean | undefined {
  const state = cycle.entryState;
  if (state === "IN_FORCE" || state === "PAST_TERM" || !someSilent) return states.includes(state);
  return undefined;
}
