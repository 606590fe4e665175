/**
 * What can be done next in each procedure: the steps whose predecessors have been taken. Duties are told from it, and a step
 * that is not among them is out of order.
 */
import type { Evidence } from "../evidence/evidence";
import { LIST_KEEPERS } from "../policy/pack/compile-parts";
import type { Pack } from "../policy/pack/pack";
import type { ProcedureNode } from "../policy/pack/program";
import type { ProcedureSpec } from "../policy/pack/scheme-file";
import { readCycle, type Cycle } from "./cycle";
import { evaluate } from "./evaluate";
import { isStep } from "./steps";
import { readContext, startRun, type World } from "./world";

type StepSpec = ProcedureSpec["steps"][number];

/** A step that may be taken now. `dueOn` is the day by which the state's next act is due, if the pack says so. */
export interface NextStep {
  readonly procedure: string;
  readonly list: string;
  readonly state: string;
  readonly step: string;
  /** Who takes it; empty where the pack does not say. */
  readonly by: readonly string[];
  /** The written form that the policy asks for, or null. */
  readonly form: string | null;
  readonly dueOn: string | null;
}

/**
 * The steps that may be taken on a day, in the order of the pack. A procedure whose state hangs on a silent department tells
 * none: nothing may rest on steps that are not known.
 */
export function nextSteps(pack: Pack, evidence: Evidence, asOf: string): readonly NextStep[] {
  const { program } = pack;
  const context = readContext(evidence, asOf);
  const [world] = evaluate(program, context);
  const run = startRun(program, context);
  return program.nodes.flatMap((node, at) => {
    const done = world!.results[at];
    if (node.kind !== "procedure" || done?.kind !== "procedure" || done.result.rule === null) return [];
    const departments = node.spec.departments ?? LIST_KEEPERS;
    const cycle = readCycle(node, world as World, { run, departments });
    const { rule, shown } = done.result;
    return node.spec.steps
      .filter((step) => isOpen(step, { node, cycle, state: rule.state, closed: rule.closes }))
      .map((step) => ({
        procedure: node.spec.name,
        list: node.list,
        state: rule.state,
        step: step.step,
        by: step.by ?? [],
        form: step.form ?? null,
        dueOn: shown?.dueOn ?? null,
      }));
  });
}

interface OpenScope {
  readonly node: ProcedureNode;
  readonly cycle: Cycle;
  readonly state: string;
  readonly closed: boolean;
}

function isOpen(step: StepSpec, { node, cycle, state, closed }: OpenScope): boolean {
  if (step.in) {
    if (!step.in.includes(state)) return false;
  } else if (closed || !isStage(node, cycle)) return false;
  return (
    !isTaken(step, cycle) && step.after.every((test) => cycle.steps.some((taken) => isStep(taken, test)))
  );
}

// Steps to an entry are taken while there is none; steps about an entry while there is one.
function isStage({ spec }: ProcedureNode, { entryState }: Cycle): boolean {
  const isListed = entryState === "IN_FORCE" || entryState === "PAST_TERM";
  return isListed === (spec.stage === "OF_ENTRY");
}

// Taken by everybody whom the pack names; a step by several levels is taken level by level.
function isTaken({ step, by }: StepSpec, { steps }: Cycle): boolean {
  const taken = steps.filter((one) => one.step === step);
  return by === undefined ? taken.length > 0 : by.every((who) => taken.some((one) => one.by === who));
}
