/** Why something follows, in the graph: fact, rule, measure. */
import { Field, Float, ID, ObjectType } from "type-graphql";
import { LocalDateScalar } from "../../../schema/scalars";
import type {
  Department,
  Direction,
  FactReference as FactReferenceData,
  Measure as MeasureData,
  NotCounted,
  Purpose,
  Reason as ReasonData,
  RuleReference as RuleReferenceData,
  ScoreItem as ScoreItemData,
  Text,
} from "../assessment/assessment";
import { DepartmentEnum, DirectionEnum, NotCountedEnum, PurposeEnum } from "./enums";

@ObjectType({
  simpleResolvers: true,
  description:
    "A department's fact that a rule looked at. The fact itself is read in that department's record.",
})
export class FactReference implements FactReferenceData {
  @Field(() => DepartmentEnum, { description: "The department that recorded it." })
  readonly department!: Department;

  @Field(() => String, { description: "Its fact type." })
  readonly type!: string;

  @Field(() => ID, { description: "The version of the fact." })
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "Number of the document that states it." })
  readonly documentNumber!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The day on which it happened." })
  readonly occurredOn!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A row of a signed decision table." })
export class RuleReference implements RuleReferenceData {
  @Field(() => String, { description: "The decision table." })
  readonly table!: string;

  @Field(() => String, { description: "The id of the row." })
  readonly row!: string;

  readonly text!: Text;

  @Field(() => String, { description: "What the rule rests on in law or policy." })
  readonly legalBasis!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What a decision brings: something that one department or body does, or may do, about the enterprise.",
})
export class Measure implements MeasureData {
  @Field(() => String, { description: "Its code in the pack's catalogue of measures." })
  readonly code!: string;

  @Field(() => DepartmentEnum, { description: "Who acts." })
  readonly department!: Department;

  @Field(() => String, { nullable: true, description: "The body that acts, when the department is OTHER." })
  readonly body!: string | null;

  @Field(() => DirectionEnum, { description: "Whether it punishes or rewards." })
  readonly direction!: Direction;

  @Field(() => PurposeEnum, {
    nullable: true,
    description: "The purpose that it decides; null for one that decides none.",
  })
  readonly purpose!: Purpose | null;

  @Field(() => String, { nullable: true, description: "How much, where the policy says so." })
  readonly quantity!: string | null;

  @Field(() => String, { nullable: true, description: "The unit of the quantity." })
  readonly unit!: string | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The first day on which it applies." })
  readonly since!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which it no longer applies.",
  })
  readonly until!: string | null;

  @Field(() => String, { description: "What it rests on in law or policy." })
  readonly legalBasis!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "One step of the reasoning: fact, rule, measure. What did not count is here too, and says why.",
})
export class Reason implements ReasonData {
  @Field(() => FactReference, {
    nullable: true,
    description: "The fact; null when the rule rests on the absence of facts, on a score or on another rule.",
  })
  readonly fact!: FactReferenceData | null;

  @Field(() => RuleReference, { description: "The rule." })
  readonly rule!: RuleReferenceData;

  @Field(() => Measure, {
    nullable: true,
    description: "The measure that the rule brings or would have brought.",
  })
  readonly measure!: MeasureData | null;

  @Field(() => Boolean, { description: "Whether it counted." })
  readonly counted!: boolean;

  @Field(() => NotCountedEnum, { nullable: true, description: "Why it did not count; null when it did." })
  readonly whyNot!: NotCounted | null;
}

@ObjectType({ simpleResolvers: true, description: "One item of a score: points for a fact under a rule." })
export class ScoreItem implements ScoreItemData {
  @Field(() => String, { description: "What the points are for." })
  readonly label!: string;

  @Field(() => Float, { description: "The points, negative for deductions." })
  readonly points!: number;

  @Field(() => LocalDateScalar, { nullable: true, description: "The first day on which they count." })
  readonly since!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which they no longer count.",
  })
  readonly until!: string | null;

  @Field(() => FactReference, { nullable: true, description: "The fact, if the points rest on one." })
  readonly fact!: FactReferenceData | null;

  @Field(() => RuleReference, { description: "The rule." })
  readonly rule!: RuleReferenceData;
}
