/** `Enterprise.tax`: what callers may read. */
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, FieldResolver, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { GradeDetermination } from "../shared/facts/grade-determination";
import { ListEntry } from "../shared/facts/list-entry";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { ProcedureStep } from "../shared/facts/procedure-step";
import { Enterprise } from "./enterprise";
import { MajorTaxViolation } from "./facts/major-tax-violation";
import { TaxArrears } from "./facts/tax-arrears";
import { TaxRebate } from "./facts/tax-rebate";
import { TaxpayerCreditGrade } from "./facts/taxpayer-credit-grade";

@ObjectType({
  simpleResolvers: true,
  description: "What the tax bureau has on record and holds on the day asked about.",
})
export class TaxRecord {
  @Field(() => [TaxpayerCreditGrade], { description: "Yearly taxpayer credit grades." })
  readonly creditGrades!: readonly TaxpayerCreditGrade[];

  @Field(() => [TaxArrears], { description: "Tax that was due and not paid." })
  readonly arrears!: readonly TaxArrears[];

  @Field(() => [TaxRebate], { description: "Rebates granted or applied for." })
  readonly rebates!: readonly TaxRebate[];

  @Field(() => [MajorTaxViolation], { description: "Major violations of tax law that break trust." })
  readonly majorTaxViolations!: readonly MajorTaxViolation[];

  @Field(() => [GradeDetermination], { description: "Credit grades determined by the tax bureau." })
  readonly gradeDeterminations!: readonly GradeDetermination[];

  @Field(() => [ListEntry], { description: "Entries of lists that the tax bureau keeps." })
  readonly listEntries!: readonly ListEntry[];

  @Field(() => [ProcedureStep], {
    description: "Acts of the tax bureau on the way into a list and out of it.",
  })
  readonly procedureSteps!: readonly ProcedureStep[];

  @Field(() => [MeasureExecution], {
    description: "What the tax bureau did to carry out measures.",
  })
  readonly measureExecutions!: readonly MeasureExecution[];
}

@Resolver(() => Enterprise)
export class RecordResolver {
  @FieldResolver(() => TaxRecord, {
    nullable: true,
    description:
      "The tax bureau's record. Null means that the bureau could not be asked, never that it has nothing.",
  })
  tax(
    @Root() enterprise: Enterprise,
    @Ctx() context: DepartmentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return context.loadRecord(enterprise, info);
  }
}
