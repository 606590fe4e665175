/** `Enterprise.stepRefusals`: whether steps that a department is about to record are in order. */
import { Arg, Ctx, Directive, FieldResolver, Resolver, Root } from "type-graphql";
import { HubError } from "../../schema/errors";
import { type StepRefusal, refuseSteps } from "./assessment/admit-steps";
import type { NextStep } from "./assessment/next-steps";
import type { JointContext } from "./context";
import { Enterprise } from "./enterprise";
import { parseEvidence } from "./evidence/parse-evidence";
import { ProcedureStepProposal, ProcedureStepRefusal } from "./graph/procedure-step";
import { packsInForce, packsOver } from "./policy/pack/fitting";
import { REQUIRES_EVIDENCE } from "./requires-evidence";

function describeStep({ step, by, form }: NextStep): string {
  return `${step}${by.length > 0 ? ` by ${by.join(" or ")}` : ""}${form ? ` (form ${form})` : ""}`;
}

function describeRefusal({ step, scheme, state, due, silent }: StepRefusal): string {
  const what = `${step.step} of ${step.procedure} over ${step.list}`;
  if (silent.length > 0)
    return `${what}: its order cannot be told, because ${silent.join(", ")} could not be asked.`;
  const next = due.length > 0 ? `due is ${due.map(describeStep).join(", or ")}` : "nothing is due";
  return `${what} is out of order: on ${step.on} it stands at ${state} under ${scheme.id} ${scheme.version}; ${next}.`;
}

@Resolver(() => Enterprise)
export class ProcedureStepsResolver {
  @Directive(REQUIRES_EVIDENCE)
  @FieldResolver(() => [ProcedureStepRefusal], {
    description:
      "Those of the steps about to be recorded that are out of order, each judged as of its own day on top of the ones before it. Departments ask this before they record; a step of a procedure that no scheme declares is never refused.",
  })
  stepRefusals(
    @Root() enterprise: Enterprise,
    @Ctx() { registry }: JointContext,
    @Arg("steps", () => [ProcedureStepProposal], {
      description:
        "Steps of any enterprises; each enterprise takes its own. The day asked about is not before theirs.",
    })
    steps: readonly ProcedureStepProposal[],
  ): readonly ProcedureStepRefusal[] {
    const { creditCode, asOf } = enterprise;
    const evidence = parseEvidence(enterprise);
    const own = steps.filter((step) => step.creditCode === creditCode);
    if (own.some(({ on }) => on > asOf))
      throw new HubError("BAD_USER_INPUT", "steps: one lies after the day asked about, asOf.");
    const refusals = refuseSteps(own, evidence, (step) =>
      packsOver(step, { creditCode, evidence }, packsInForce(registry, step.on)),
    );
    return refusals.map((refusal) => ({
      ...refusal,
      documentNumber: refusal.step.documentNumber,
      procedure: refusal.step.procedure,
      list: refusal.step.list,
      step: refusal.step.step,
      missing: refusal.silent,
      sentence: describeRefusal(refusal),
    }));
  }
}
