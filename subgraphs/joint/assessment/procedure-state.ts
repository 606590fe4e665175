/** The state of a procedure over a list: the first state of the pack whose conditions the recorded steps and entries meet. */
import { LIST_KEEPERS } from "../policy/pack/compile-parts";
import type { ProcedureNode } from "../policy/pack/program";
import type { StateSpec } from "../policy/pack/scheme-file";
import type { ProcedureState } from "./assessment";
import { readCycle, type Cycle } from "./cycle";
import { dueOnOf, routeOf, windowOf } from "./procedure-days";
import type { ProcedureResult } from "./results";
import { isStep } from "./steps";
import { bitsOf, isUnknown, type Run, type World } from "./world";

/** Evaluates a procedure in a world. */
export function evaluateProcedure(node: ProcedureNode, world: World, run: Run): ProcedureResult {
  const departments = node.spec.departments ?? LIST_KEEPERS;
  const silent = run.context.silent & bitsOf(departments);
  const cycle = readCycle(node, world, { run, departments });
  const { rule, uncertain } = findState({ node, world, cycle, someSilent: silent !== 0 });
  const last = cycle.steps.at(-1);
  const window = windowOf(node, cycle, run);
  const dueOn = dueOnOf(rule?.due, cycle, { list: node.list, run });
  const shown = rule && !rule.hidden ? showState(node, rule, { cycle, world, run }) : null;
  const published = node.spec.stage === "TO_ENTRY" ? (cycle.entry?.publishedOn ?? "") : "";
  return {
    rule,
    state: rule?.state ?? null,
    uncertain,
    shown,
    ground: cycle.ground,
    activity: [last?.on ?? "", published, cycle.groundDay].sort().at(-1)!,
    provisional: shown !== null && (window?.provisional === true || dueOn?.provisional === true),
    day: last?.on ?? null,
    department: last?.fact.department ?? cycle.entry?.fact.department ?? "JOINT",
    taint: [...node.values.values()].reduce((taint, slot) => taint | world.taints[slot]!, silent),
    facts: new Map(cycle.steps.map((step) => [step.fact, { day: step.on, since: step.on, until: null }])),
  };
}

// The first state that holds; none, and uncertain, when that hangs on a silent department.
function findState(scope: ConditionScope): Pick<ProcedureResult, "rule" | "uncertain"> {
  for (const state of scope.node.spec.states) {
    const holds = meets(state, scope);
    if (holds !== false) return { rule: holds ? state : null, uncertain: holds === undefined };
  }
  return { rule: null, uncertain: false };
}

interface ShowScope {
  readonly cycle: Cycle;
  readonly world: World;
  readonly run: Run;
}

function showState(node: ProcedureNode, rule: StateSpec, { cycle, world, run }: ShowScope): ProcedureState {
  const window = windowOf(node, cycle, run);
  return {
    procedure: node.spec.name,
    list: node.list,
    state: rule.state,
    dueOn: dueOnOf(rule.due, cycle, { list: node.list, run })?.day ?? null,
    windowOpens: window?.first ?? null,
    windowCloses: window?.last ?? null,
    route: routeOf(node, cycle, world),
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
