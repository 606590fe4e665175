/** Steps that tests are about to record, and the refusals that they meet. */
import type { CaseFact } from "../../../../gateway/cli/cases/case";
import { evidenceFor } from "../../../../gateway/cli/cases/case-evidence";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import { type ProposedStep, refuseSteps } from "../../../../subgraphs/joint/assessment/admit-steps";
import { packsInForce, packsOver } from "../../../../subgraphs/joint/policy/pack/fitting";
import { shippedPacks } from "./judged-cases";

/** An enterprise where the Mianyang-type plan is in force. */
export const creditCode = "91510700FAKE00013G";
/** Its list of punishment. */
export const list = "JOINT_PUNISHMENT_OBJECT";

/** A step of a procedure over that list, unless `own` says otherwise. */
export function proposed(
  procedure: string,
  step: string,
  on: string,
  own: Partial<ProposedStep> = {},
): ProposedStep {
  const documentNumber = `${procedure}-${step}-${own.by ?? ""}-${on}`;
  return { department: "SAFETY", documentNumber, procedure, list, step, on, by: null, outcome: null, ...own };
}

/** The same step as it stands on record. */
export const recorded = (step: ProposedStep): CaseFact =>
  ({ type: "ProcedureStep", creditCode, ...step }) as CaseFact;

/** What is on record, and who does not answer. */
export interface World {
  readonly facts?: readonly CaseFact[];
  readonly silent?: readonly FactDepartment[];
}

/** The refusals as `step: state -> what may follow`. */
export async function refusals(
  steps: readonly ProposedStep[],
  { facts = [], silent = [] }: World = {},
): Promise<readonly string[]> {
  const asOf = steps
    .map(({ on }) => on)
    .sort()
    .at(-1)!;
  const registry = await shippedPacks;
  const evidence = evidenceFor(facts, { creditCode, asOf, knownAt: undefined, silent });
  const found = refuseSteps(steps, evidence, (step) =>
    packsOver(step, { creditCode, evidence }, packsInForce(registry, step.on)),
  );
  return found.map(
    ({ step, state, due, silent: hangsOn }) =>
      `${step.step}: ${state ?? hangsOn.join()} -> ${due.map((one) => [one.step, ...one.by].join(" ")).join(", ")}`,
  );
}
