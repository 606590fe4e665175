/** `Enterprise.safety`: what callers may read. */
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, FieldResolver, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { GradeDetermination } from "../shared/facts/grade-determination";
import { ListEntry } from "../shared/facts/list-entry";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { ProcedureStep } from "../shared/facts/procedure-step";
import { Enterprise } from "./enterprise";
import { Accident } from "./facts/accident";
import { AdministrativePenalty } from "./facts/administrative-penalty";
import { AttainmentReview } from "./facts/attainment-review";
import { CriteriaReview } from "./facts/criteria-review";
import { DynamicPoints } from "./facts/dynamic-points";
import { EnterpriseRegistration } from "./facts/enterprise-registration";
import { Hazard } from "./facts/hazard";
import { HonestyReport } from "./facts/honesty-report";
import { Inspection } from "./facts/inspection";
import { OccupationalDiseaseCase } from "./facts/occupational-disease-case";
import { ProduceViolation } from "./facts/produce-violation";
import { ProgrammeEnrolment } from "./facts/programme-enrolment";
import { SafetyCommitment } from "./facts/safety-commitment";
import { SafetyLicence } from "./facts/safety-licence";
import { ScoreAssessment } from "./facts/score-assessment";
import { SchemeReport } from "./facts/scheme-report";
import { SeriousViolation } from "./facts/serious-violation";
import { StandardizationCertificate } from "./facts/standardization-certificate";

@ObjectType({
  simpleResolvers: true,
  description: "What the safety authority has on record and holds on the day asked about.",
})
export class SafetyRecord {
  @Field(() => EnterpriseRegistration, {
    nullable: true,
    description: "Who the enterprise is; null when nobody has registered it.",
  })
  readonly registration!: EnterpriseRegistration | null;

  @Field(() => [StandardizationCertificate], { description: "Certificates of work safety standardization." })
  readonly standardizationCertificates!: readonly StandardizationCertificate[];

  @Field(() => [AttainmentReview], { description: "Reviews against the standardization criteria." })
  readonly attainmentReviews!: readonly AttainmentReview[];

  @Field(() => [Accident], { description: "Work safety accidents." })
  readonly accidents!: readonly Accident[];

  @Field(() => [SeriousViolation], { description: "Serious violations of work safety law." })
  readonly seriousViolations!: readonly SeriousViolation[];

  @Field(() => [Hazard], { description: "Hidden dangers found." })
  readonly hazards!: readonly Hazard[];

  @Field(() => [Inspection], { description: "Inspections." })
  readonly inspections!: readonly Inspection[];

  @Field(() => [AdministrativePenalty], { description: "Administrative penalties." })
  readonly penalties!: readonly AdministrativePenalty[];

  @Field(() => [SafetyLicence], { description: "Licences under work safety law." })
  readonly safetyLicences!: readonly SafetyLicence[];

  @Field(() => [SafetyCommitment], { description: "Commitments to work safety." })
  readonly safetyCommitments!: readonly SafetyCommitment[];

  @Field(() => [ProgrammeEnrolment], { description: "Enrolments in programmes of integrity building." })
  readonly programmeEnrolments!: readonly ProgrammeEnrolment[];

  @Field(() => [CriteriaReview], { description: "Reviews of numbered criteria." })
  readonly criteriaReviews!: readonly CriteriaReview[];

  @Field(() => [ScoreAssessment], { description: "Scores given under schemes." })
  readonly scoreAssessments!: readonly ScoreAssessment[];

  @Field(() => [SchemeReport], { description: "Reports that were handed in under schemes." })
  readonly schemeReports!: readonly SchemeReport[];

  @Field(() => [ProduceViolation], { description: "Violations of produce quality and safety law." })
  readonly produceViolations!: readonly ProduceViolation[];

  @Field(() => [HonestyReport], { description: "Yearly integrity reports." })
  readonly honestyReports!: readonly HonestyReport[];

  @Field(() => [OccupationalDiseaseCase], { description: "Occupational diseases diagnosed." })
  readonly occupationalDiseaseCases!: readonly OccupationalDiseaseCase[];

  @Field(() => [GradeDetermination], { description: "Credit grades that it determined." })
  readonly gradeDeterminations!: readonly GradeDetermination[];

  @Field(() => [ListEntry], { description: "Entries of lists that it keeps." })
  readonly listEntries!: readonly ListEntry[];

  @Field(() => [ProcedureStep], { description: "Its acts on the way into a list, out of it, or to a title." })
  readonly procedureSteps!: readonly ProcedureStep[];

  @Field(() => [DynamicPoints], { description: "Points taken off for a time." })
  readonly dynamicPoints!: readonly DynamicPoints[];

  @Field(() => [MeasureExecution], {
    description: "What the emergency management department did to carry out measures.",
  })
  readonly measureExecutions!: readonly MeasureExecution[];
}

@Resolver(() => Enterprise)
export class RecordResolver {
  @FieldResolver(() => SafetyRecord, {
    nullable: true,
    description:
      "The safety authority's record. Null means that it could not be asked, never that it has nothing.",
  })
  safety(
    @Root() enterprise: Enterprise,
    @Ctx() context: DepartmentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return context.loadRecord(enterprise, info);
  }
}
