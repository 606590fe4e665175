/** `Enterprise.construction`: what callers may read. */
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, FieldResolver, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { GradeDetermination } from "../shared/facts/grade-determination";
import { ListEntry } from "../shared/facts/list-entry";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { ProcedureStep } from "../shared/facts/procedure-step";
import { Enterprise } from "./enterprise";
import { AdministrativePenalty } from "./facts/administrative-penalty";
import { Commendation } from "./facts/commendation";
import { Guarantee } from "./facts/guarantee";
import { MaintenanceAssessment } from "./facts/maintenance-assessment";
import { SocialInsuranceArrears } from "./facts/social-insurance-arrears";
import { WageArrears } from "./facts/wage-arrears";
import { WorksQualification } from "./facts/works-qualification";

@ObjectType({
  simpleResolvers: true,
  description: "What the construction authority has on record and holds on the day asked about.",
})
export class ConstructionRecord {
  @Field(() => [AdministrativePenalty], { description: "Administrative penalties." })
  readonly penalties!: readonly AdministrativePenalty[];

  @Field(() => [GradeDetermination], { description: "Credit grades that it determined." })
  readonly gradeDeterminations!: readonly GradeDetermination[];

  @Field(() => [ListEntry], { description: "Entries of lists that it keeps." })
  readonly listEntries!: readonly ListEntry[];

  @Field(() => [ProcedureStep], { description: "Its acts on the way into a list, out of it, or to a title." })
  readonly procedureSteps!: readonly ProcedureStep[];

  @Field(() => [WorksQualification], { description: "Qualifications for works." })
  readonly worksQualifications!: readonly WorksQualification[];

  @Field(() => [MaintenanceAssessment], { description: "Graded assessments of lift and hoist maintenance." })
  readonly maintenanceAssessments!: readonly MaintenanceAssessment[];

  @Field(() => [WageArrears], { description: "Wages owed." })
  readonly wageArrears!: readonly WageArrears[];

  @Field(() => [SocialInsuranceArrears], { description: "Social insurance contributions owed." })
  readonly socialInsuranceArrears!: readonly SocialInsuranceArrears[];

  @Field(() => [Commendation], { description: "Commendations." })
  readonly commendations!: readonly Commendation[];

  @Field(() => [Guarantee], { description: "Guarantees lodged." })
  readonly guarantees!: readonly Guarantee[];

  @Field(() => [MeasureExecution], {
    description: "What the housing and construction department did to carry out measures.",
  })
  readonly measureExecutions!: readonly MeasureExecution[];
}

@Resolver(() => Enterprise)
export class RecordResolver {
  @FieldResolver(() => ConstructionRecord, {
    nullable: true,
    description:
      "The construction authority's record. Null means that it could not be asked, never that it has nothing.",
  })
  construction(
    @Root() enterprise: Enterprise,
    @Ctx() context: DepartmentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return context.loadRecord(enterprise, info);
  }
}
