/** Steps of procedures in the graph: one that is about to be recorded, one that may be taken next, and why one is refused. */
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { CreditCodeScalar, LocalDateScalar } from "../../../schema/scalars";
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { ProposedStep } from "../assessment/admit-steps";
import type { NextStep } from "../assessment/next-steps";
import type { SchemeVersion as SchemeVersionData } from "../assessment/assessment";
import { DepartmentEnum } from "./enums";
import { SchemeVersion } from "./scheme";

const nullable = (description: string) => ({ nullable: true, description });

@InputType({ description: "A step that a department is about to record." })
export class ProcedureStepProposal implements ProposedStep {
  @Field(() => CreditCodeScalar, { description: "The enterprise that it is about." })
  readonly creditCode!: string;

  @Field(() => DepartmentEnum, { description: "The department that records it." })
  readonly department!: FactDepartment;

  @Field(() => String, {
    description: "Number of its document: of the same number only the new version counts.",
  })
  readonly documentNumber!: string;

  @Field(() => String, { description: "LISTING, REMOVAL, OBJECTION, INCENTIVE, RENEWAL or TITLE." })
  readonly procedure!: string;

  @Field(() => String, { description: "The list that it is about." })
  readonly list!: string;

  @Field(() => String, { description: "The step." })
  readonly step!: string;

  @Field(() => LocalDateScalar, { description: "The day on which it was taken." })
  readonly on!: string;

  @Field(() => String, nullable("Who took it."))
  readonly by!: string | null;

  @Field(() => String, nullable("What came of it."))
  readonly outcome!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A step that may be taken next in a procedure." })
export class NextProcedureStep implements Pick<NextStep, "step" | "by" | "form" | "dueOn"> {
  @Field(() => String, { description: "The step." })
  readonly step!: string;

  @Field(() => [String], { description: "Who has still to take it; empty where the policy does not say." })
  readonly by!: readonly string[];

  @Field(() => String, nullable("The written form that the policy asks for."))
  readonly form!: string | null;

  @Field(() => LocalDateScalar, nullable("The day by which it is due, where the policy sets one."))
  readonly dueOn!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Why a step may not be recorded." })
export class ProcedureStepRefusal {
  @Field(() => SchemeVersion, { description: "The policy that orders the steps." })
  readonly scheme!: SchemeVersionData;

  @Field(() => ID, { description: "Number of the document of the step that is refused." })
  readonly documentNumber!: string;

  @Field(() => String, { description: "The procedure." })
  readonly procedure!: string;

  @Field(() => String, { description: "The list." })
  readonly list!: string;

  @Field(() => String, { description: "The step that is refused." })
  readonly step!: string;

  @Field(() => String, nullable("The state that it met; null when that is not known."))
  readonly state!: string | null;

  @Field(() => [NextProcedureStep], {
    description: "What may be recorded instead; empty when nothing is due.",
  })
  readonly due!: readonly NextStep[];

  @Field(() => [DepartmentEnum], {
    description:
      "Departments that could not be asked and on which it hangs; empty when it certainly is out of order.",
  })
  readonly missing!: readonly FactDepartment[];

  @Field(() => String, { description: "The refusal in one sentence." })
  readonly sentence!: string;
}
