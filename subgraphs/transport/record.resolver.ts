/** `Enterprise.transport`: what callers may read. */
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, FieldResolver, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { GradeDetermination } from "../shared/facts/grade-determination";
import { ListEntry } from "../shared/facts/list-entry";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { ProcedureStep } from "../shared/facts/procedure-step";
import { Enterprise } from "./enterprise";
import { FleetProfile } from "./facts/fleet-profile";
import { OperatorLicence } from "./facts/operator-licence";
import { TrafficCreditEntry } from "./facts/traffic-credit-entry";
import { TrafficViolation } from "./facts/traffic-violation";

@ObjectType({
  simpleResolvers: true,
  description: "What the transport authority has on record and holds on the day asked about.",
})
export class TransportRecord {
  @Field(() => [GradeDetermination], { description: "Credit grades that it determined." })
  readonly gradeDeterminations!: readonly GradeDetermination[];

  @Field(() => [ListEntry], { description: "Entries of lists that it keeps." })
  readonly listEntries!: readonly ListEntry[];

  @Field(() => [ProcedureStep], { description: "Its acts on the way into a list, out of it, or to a title." })
  readonly procedureSteps!: readonly ProcedureStep[];

  @Field(() => [OperatorLicence], { description: "Operator's licences." })
  readonly operatorLicences!: readonly OperatorLicence[];

  @Field(() => [FleetProfile], { description: "Vehicles operated." })
  readonly fleetProfiles!: readonly FleetProfile[];

  @Field(() => [TrafficViolation], { description: "Road traffic violations." })
  readonly trafficViolations!: readonly TrafficViolation[];

  @Field(() => [TrafficCreditEntry], { description: "Entries of the traffic credit account." })
  readonly trafficCreditEntries!: readonly TrafficCreditEntry[];

  @Field(() => [MeasureExecution], {
    description: "What the transport department and the traffic police did to carry out measures.",
  })
  readonly measureExecutions!: readonly MeasureExecution[];
}

@Resolver(() => Enterprise)
export class RecordResolver {
  @FieldResolver(() => TransportRecord, {
    nullable: true,
    description:
      "The transport authority's record. Null means that it could not be asked, never that it has nothing.",
  })
  transport(
    @Root() enterprise: Enterprise,
    @Ctx() context: DepartmentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return context.loadRecord(enterprise, info);
  }
}
