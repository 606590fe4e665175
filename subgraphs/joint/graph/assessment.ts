/** An assessment in the graph. */
import { Field, Float, ObjectType } from "type-graphql";
import { LocalDateScalar } from "../../../schema/scalars";
import type {
  Assessment as AssessmentData,
  Department,
  Direction,
  Listing as ListingData,
  Measure as MeasureData,
  MissingSource as MissingSourceData,
  ProcedureState as ProcedureStateData,
  Reason as ReasonData,
  SchemeVersion as SchemeVersionData,
  ScoreItem as ScoreItemData,
} from "../assessment/assessment";
import { DepartmentEnum, DirectionEnum, ListLevelEnum } from "./enums";
import { Measure, Reason, ScoreItem } from "./reason";
import { SchemeVersion } from "./scheme";

@ObjectType({ simpleResolvers: true, description: "An entry of a list, or the ground for one." })
export class Listing implements ListingData {
  @Field(() => String, { description: "The list." })
  readonly list!: string;

  @Field(() => DirectionEnum, { description: "Whether the list punishes or rewards." })
  readonly direction!: Direction;

  @Field(() => ListLevelEnum, { nullable: true, description: "The level of government that keeps the list." })
  readonly level!: "PROVINCE" | "CITY" | "COUNTY" | null;

  @Field(() => LocalDateScalar, { nullable: true, description: "The first day on the list." })
  readonly since!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day off the list, if that day is set.",
  })
  readonly until!: string | null;

  @Field(() => String, { description: "The state of its procedure on the day asked about." })
  readonly state!: string;

  @Field(() => DepartmentEnum, { description: "The department that provided the entry and answers for it." })
  readonly department!: Department;
}

@ObjectType({ simpleResolvers: true, description: "How far a procedure has come, and what is due in it." })
export class ProcedureState implements ProcedureStateData {
  @Field(() => String, { description: "LISTING, REMOVAL, OBJECTION, INCENTIVE, RENEWAL or TITLE." })
  readonly procedure!: string;

  @Field(() => String, { nullable: true, description: "The list that it is about." })
  readonly list!: string | null;

  @Field(() => String, { description: "Its state on the day asked about." })
  readonly state!: string;

  @Field(() => LocalDateScalar, { nullable: true, description: "The day by which the next step is due." })
  readonly dueOn!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The first day on which to apply for removal.",
  })
  readonly windowOpens!: string | null;

  @Field(() => LocalDateScalar, {
    nullable: true,
    description: "The last day on which to apply for removal.",
  })
  readonly windowCloses!: string | null;

  @Field(() => String, { nullable: true, description: "Who is responsible for the next step." })
  readonly route!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A department whose evidence is not known: it did not answer, or not in a way that can be relied on.",
})
export class MissingSource implements MissingSourceData {
  @Field(() => DepartmentEnum, { description: "The department." })
  readonly department!: MissingSourceData["department"];

  @Field(() => [String], {
    description: "What its answer could change; empty when it could change nothing here.",
  })
  readonly couldChange!: readonly string[];
}

@ObjectType({
  simpleResolvers: true,
  description: "Everything that follows from the facts under one policy pack.",
})
export class Assessment implements Omit<AssessmentData, "evidence" | "asOf" | "knownAt" | "outcomes"> {
  @Field(() => SchemeVersion, { description: "The policy pack and its version." })
  readonly scheme!: SchemeVersionData;

  @Field(() => Float, {
    nullable: true,
    description: "The score; null where the scheme has none, or it is undetermined.",
  })
  readonly score!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The grade as the scheme prints it: A, B, C, D, LEVEL_1 ...",
  })
  readonly grade!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The title, such as ATTAINED or BENCHMARK; NONE for no title.",
  })
  readonly title!: string | null;

  @Field(() => [Listing], { description: "Entries of lists in force on the day asked about." })
  readonly lists!: readonly ListingData[];

  @Field(() => [Listing], {
    description: "Grounds found whose procedure is not finished. They restrict nothing.",
  })
  readonly proposedLists!: readonly ListingData[];

  @Field(() => [Measure], { description: "The measures that follow." })
  readonly measures!: readonly MeasureData[];

  @Field(() => [ScoreItem], { description: "What the score is made of." })
  readonly scoreItems!: readonly ScoreItemData[];

  @Field(() => [ProcedureState], { description: "Procedures of listings, removals, incentives and titles." })
  readonly procedures!: readonly ProcedureStateData[];

  @Field(() => [Reason], { description: "Every step of the reasoning, with what did not count." })
  readonly reasons!: readonly ReasonData[];

  @Field(() => [MissingSource], {
    description: "Departments that did not answer, and what that could change.",
  })
  readonly missing!: readonly MissingSourceData[];

  @Field(() => Boolean, { description: "True when missing evidence could change anything of this." })
  readonly undetermined!: boolean;

  @Field(() => [String], { description: "What the reader must know, such as a pack that is no longer law." })
  readonly warnings!: readonly string[];
}
