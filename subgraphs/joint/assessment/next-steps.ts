/**
 * What can be done next in each procedure: the steps whose predecessors have been taken. Duties are told from it, and a step
 * that is not among them is out of order.
 */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { Evidence } from "../evidence/evidence";
import type { WorkingDaySpan } from "../policy/calendar/working-days";
import { LIST_KEEPERS } from "../policy/pack/compile-parts";
import type { Pack } from "../policy/pack/pack";
import type { ProcedureNode } from "../policy/pack/program";
import type { ProcedureSpec, StateSpec } from "../policy/pack/scheme-file";
import type { Department } from "./assessment";
import { readCycle, type Cycle } from "./cycle";
import { evaluate } from "./evaluate";
import { dueOnOf, routeOf, windowOf } from "./procedure-days";
import type { ProcedureResult, Step } from "./results";
import { isStep } from "./steps";
import { departmentsOf, readContext, startRun, type Run, type World } from "./world";

type StepSpec = ProcedureSpec["steps"][number];

/** A step that may be taken now. */
export interface NextStep {
  readonly procedure: string;
  readonly list: string;
  readonly state: string;
  readonly step: string;
  /** Who has still to take it; empty where the pack does not say. */
  readonly by: readonly string[];
  /** Whether the pack names one taker only, so that a step that does not say by whom is his. */
  readonly isOnes: boolean;
  /** The written form that the policy asks for, or null. */
  readonly form: string | null;
  /** The day by which it is due, if the pack says so; provisional when it was counted through a year without a notice. */
  readonly dueOn: string | null;
  readonly provisional: boolean;
  /** The day of the step from which a monthly report is counted: what is to be taken belongs into that report; else null. */
  readonly reportOf: string | null;
  /** Whether it has to be taken: the procedure is under way. What the enterprise may apply for is nobody's duty. */
  readonly isDue: boolean;
}

/** How one procedure over one list stands, and what may follow. */
export interface ProcedureReading {
  readonly spec: ProcedureSpec;
  readonly list: string;
  /** Null when it hangs on the departments that `silent` names: then nothing is known of it, and no step is told. */
  readonly rule: StateSpec | null;
  readonly silent: readonly FactDepartment[];
  readonly cycle: Cycle;
  readonly next: readonly NextStep[];
  /** The department that keeps its record: of its latest step, else of the entry. */
  readonly department: Department;
  readonly route: string | null;
  /** The working days in which removal may be applied for; null without an entry or a window. */
  readonly window: WorkingDaySpan | null;
}

/** All procedures of a pack as they stand on a day. */
export function readProcedures(pack: Pack, evidence: Evidence, asOf: string): readonly ProcedureReading[] {
  const { program } = pack;
  const context = readContext(evidence, asOf);
  const worlds = evaluate(program, context);
  const run = startRun(program, context);
  return program.nodes.flatMap((node, at) => {
    if (node.kind !== "procedure") return [];
    const results = worlds.flatMap(({ results: done }) => {
      const one = done[at];
      return one?.kind === "procedure" ? [one.result] : [];
    });
    return [readProcedure(node, results, { world: worlds[0]!, run })];
  });
}

/** The steps that may be taken on a day, in the order of the pack. */
export function nextSteps(pack: Pack, evidence: Evidence, asOf: string): readonly NextStep[] {
  return readProcedures(pack, evidence, asOf).flatMap(({ next }) => next);
}

interface Place {
  readonly world: World;
  readonly run: Run;
}

function readProcedure(
  node: ProcedureNode,
  results: readonly ProcedureResult[],
  { world, run }: Place,
): ProcedureReading {
  const { spec, list } = node;
  const [first] = results;
  const isKnown = results.every(({ uncertain, state }) => !uncertain && state === first!.state);
  const rule = isKnown ? first!.rule : null;
  const read = readCycle(node, world, { run, departments: spec.departments ?? LIST_KEEPERS });
  const cycle = { ...read, steps: stepsOfRound(spec, read.steps) };
  const taint = results.reduce((all, one) => all | one.taint, 0) || run.context.silent;
  return {
    spec,
    list,
    rule,
    silent: isKnown ? [] : departmentsOf(taint),
    cycle,
    next: rule ? stepsFrom({ spec, list, cycle, rule, run }) : [],
    department: first!.department,
    route: routeOf(node, cycle, world),
    window: windowOf(node, cycle, run),
  };
}

// A way that leads to no entry is gone again from its first step on, once its last one has been taken: a yearly grading. Where
// the pack names the step that begins it anew, the round has been read from there already.
function stepsOfRound({ stage, steps, restart }: ProcedureSpec, taken: readonly Step[]): readonly Step[] {
  if (stage !== "TO_ENTRY" || restart) return taken;
  const over = taken.findLastIndex((one, at) => at < taken.length - 1 && one.step === steps.at(-1)?.step);
  const begins = taken.findIndex((one, at) => at > over && one.step === steps[0]?.step);
  return over >= 0 && begins > over ? taken.slice(begins) : taken;
}

interface OpenScope {
  readonly spec: ProcedureSpec;
  readonly list: string;
  readonly cycle: Cycle;
  readonly rule: StateSpec;
  readonly run: Run;
}

function stepsFrom(scope: OpenScope): readonly NextStep[] {
  const { spec, list, cycle, rule } = scope;
  const open = spec.steps.filter((step) => isOpen(step, scope));
  return open.map((step) => {
    const due = step.due ?? dueOfState(step, open, scope);
    const dueOn = dueOnOf(due, cycle, scope);
    return {
      procedure: spec.name,
      list,
      state: rule.state,
      step: step.step,
      by: whoIsLeft(step, scope) ?? step.by ?? [],
      isOnes: isOnes(step, spec),
      form: step.form ?? null,
      dueOn: dueOn?.day ?? null,
      provisional: dueOn?.provisional ?? false,
      reportOf: reportOf(due, cycle),
      isDue: isDue(step, scope),
    };
  });
}

// What a state says is due is the first step after the one that the day is counted from, as long as it has not been taken, or the
// first that is open where the day is named; a day of the entry is nobody's step.
function dueOfState(step: StepSpec, open: readonly StepSpec[], { rule, spec }: OpenScope): StateSpec["due"] {
  const { due } = rule;
  if (due === undefined || typeof due === "string") return undefined;
  const follows = ({ after }: StepSpec): boolean =>
    "after" in due && after.some((test) => (typeof test === "string" ? test : test.step) === due.after);
  const first = "on" in due ? open[0] : spec.steps.find(follows);
  return first === step ? due : undefined;
}

function reportOf(due: StateSpec["due"], { steps }: Cycle): string | null {
  if (typeof due !== "object" || !("dayOfNextMonth" in due)) return null;
  return steps.findLast(({ step }) => step === due.after)?.on ?? null;
}

// A step that is open in named states is due in them, but not while an entry simply stands: then it may be taken.
function isDue(step: StepSpec, { spec, cycle, rule }: OpenScope): boolean {
  if (rule.idle || rule.hidden || rule.closes || rule.grants) return false;
  if (step.optional || step.step === spec.application) return false;
  // Once the last step has been taken the way is over, whatever was left out of it.
  if (!step.in && cycle.steps.at(-1)?.step === spec.steps.at(-1)?.step) return false;
  const { entry, ...others } = rule.when;
  const simplyStands = entry?.every((one) => one === "IN_FORCE" || one === "PAST_TERM");
  if (step.in) return !(simplyStands && Object.keys(others).length === 0);
  return cycle.steps.length > 0 || cycle.ground === true;
}

function isOpen(step: StepSpec, scope: OpenScope): boolean {
  const { spec, cycle, rule } = scope;
  if (isRefused(spec, cycle)) return step.step === spec.application && isStage(spec, cycle);
  if (step.in) {
    if (!step.in.includes(rule.state)) return false;
  } else if (rule.closes || !isStage(spec, cycle)) return false;
  return (
    whoIsLeft(step, scope) !== null &&
    step.after.every((test) => cycle.steps.some((taken) => isStep(taken, test)))
  );
}

/** Whether the application was made outside its window, where the pack minds that: it leads nowhere. */
function isRefused({ states }: ProcedureSpec, { application }: Cycle): boolean {
  if (application !== "TOO_EARLY" && application !== "LATE") return false;
  return states.some(({ when }) => when.application?.includes(application));
}

/** Whether it is the time of a procedure: steps to an entry while there is none, steps about an entry while there is one. */
export function isStage({ stage }: ProcedureSpec, { entryState, application }: Cycle): boolean {
  const isListed = entryState === "IN_FORCE" || entryState === "PAST_TERM";
  if (stage === "TO_ENTRY") return !isListed;
  // What was applied for in time is carried through, also when the term has run meanwhile.
  return isListed || (entryState === "LAPSED" && application === "IN_WINDOW");
}

// Taken by everybody whom the pack names; a step by several levels is taken level by level. Null: nobody is left.
function whoIsLeft(spec: StepSpec, scope: OpenScope): readonly string[] | null {
  const { step, by, again, ascending } = spec;
  if (again) return by ?? [];
  const taken = scope.cycle.steps.filter((one) => one.step === step);
  if (by === undefined) return taken.length > 0 ? null : [];
  if (isOnes(spec, scope.spec) && taken.some((one) => one.by === null)) return null;
  const isTaken = (who: string) => taken.some((one) => one.by === who);
  const left = ascending ? by.slice(by.findLastIndex(isTaken) + 1) : by.filter((who) => !isTaken(who));
  return left.length > 0 ? left : null;
}

// Of a step that goes from level to level it has to be said who took it.
function isOnes({ step, by }: StepSpec, { steps }: ProcedureSpec): boolean {
  return by?.length === 1 && steps.filter((one) => one.step === step).length === 1;
}
