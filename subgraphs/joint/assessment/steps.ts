/** The steps that departments recorded over a list, in the order of their days. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { EvidenceFact } from "../evidence/evidence";
import type { StepTest } from "../policy/pack/scheme-file";
import type { Context } from "./world";

/** A recorded act on the way of a procedure. */
export interface Step {
  readonly fact: EvidenceFact;
  readonly procedure: string;
  readonly step: string;
  readonly on: string;
  readonly by: string | null;
  readonly outcome: string | null;
}

/** Steps over a list, the earliest first; withdrawn ones and those after the day left out. */
export function stepsOver(
  list: string,
  departments: readonly FactDepartment[],
  context: Context,
): readonly Step[] {
  const facts = context.factsByType.get("ProcedureStep");
  if (!facts) return [];
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const steps = facts
    .filter(
      ({ values, status, department }) =>
        values["list"] === list &&
        status !== "WITHDRAWN" &&
        departments.includes(department) &&
        String(values["on"]) <= context.asOf,
    )
    .map((fact): Step => {
      const { procedure, step, on, by, outcome } = fact.values;
      return {
        fact,
        procedure: String(procedure),
        step: String(step),
        on: String(on),
        by: text(by),
        outcome: text(outcome),
      };
    });
  return steps.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.fact.id < b.fact.id ? -1 : 1));
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
