/** The steps that departments recorded over a list, in the order of their days. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { EvidenceFact } from "../evidence/evidence";
import type { ProcedureSpec, StepTest } from "../policy/pack/scheme-file";
import type { Step } from "./results";
import type { Context, Run } from "./world";

/** Steps over a list, the earliest first; withdrawn ones and those after the day left out. */
export function stepsOver(list: string, departments: readonly FactDepartment[], run: Run): readonly Step[] {
  let steps = run.steps.get(list);
  if (!steps) {
    steps = readSteps(list, run.context);
    run.steps.set(list, steps);
  }
  return steps.length === 0 ? steps : steps.filter(({ fact }) => departments.includes(fact.department));
}

function readSteps(list: string, { factsByType, asOf }: Context): readonly Step[] {
  const steps = (factsByType.get("ProcedureStep") ?? [])
    .filter(
      ({ values, status }) =>
        values["list"] === list && status !== "WITHDRAWN" && String(values["on"]) <= asOf,
    )
    .map(toStep);
  return steps.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.fact.id < b.fact.id ? -1 : 1));
}

function toStep(fact: EvidenceFact): Step {
  const { procedure, step, on, by, outcome } = fact.values;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    fact,
    procedure: String(procedure),
    step: String(step),
    on: String(on),
    by: text(by),
    outcome: text(outcome),
  };
}

/** Whether a step is the one a rule asks for; a step that does not say by whom meets no rule that does. */
export function isStep(step: Step, test: StepTest): boolean {
  if (typeof test === "string") return step.step === test;
  return (
    step.step === test.step &&
    (test.by === undefined || step.by === test.by) &&
    (test.outcome === undefined || step.outcome === test.outcome)
  );
}

/** Whether a step closes a procedure without an entry: a defence that was upheld. */
export function isClosing({ states }: ProcedureSpec, step: Step): boolean {
  return states.some(({ closes, when }) => closes && when.has?.some((test) => isStep(step, test)));
}

/**
 * Whether a step opens a new round of a procedure that was closed: where an entry needs steps, one of those or one that needs
 * none before it; elsewhere any (a certificate suspended is in force again when it is approved again).
 */
export function isOpening({ steps, entryNeeds }: ProcedureSpec, { step }: Step): boolean {
  if (entryNeeds.length === 0 || entryNeeds.includes(step)) return true;
  return steps.some((spec) => spec.step === step && spec.after.length === 0);
}
