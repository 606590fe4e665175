/** `Enterprise.finance`: what callers may read. */
import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, FieldResolver, Info, ObjectType, Resolver, Root } from "type-graphql";
import type { DepartmentContext } from "../shared/department";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { Enterprise } from "./enterprise";
import { CreditLine } from "./facts/credit-line";
import { InsurancePolicy } from "./facts/insurance-policy";
import { LoanApplication } from "./facts/loan-application";
import { LoanDefault } from "./facts/loan-default";
import { SecuritiesReview } from "./facts/securities-review";

@ObjectType({
  simpleResolvers: true,
  description: "What the financial supervision authority has on record and holds on the day asked about.",
})
export class FinanceRecord {
  @Field(() => [LoanApplication], { description: "Applications for loans." })
  readonly loanApplications!: readonly LoanApplication[];

  @Field(() => [CreditLine], { description: "Lines of credit." })
  readonly creditLines!: readonly CreditLine[];

  @Field(() => [LoanDefault], { description: "Loans not served as agreed." })
  readonly loanDefaults!: readonly LoanDefault[];

  @Field(() => [InsurancePolicy], { description: "Insurance policies." })
  readonly insurancePolicies!: readonly InsurancePolicy[];

  @Field(() => [SecuritiesReview], { description: "Reviews of shares, bonds and refinancing." })
  readonly securitiesReviews!: readonly SecuritiesReview[];

  @Field(() => [MeasureExecution], {
    description: "What the financial supervision authority did to carry out measures.",
  })
  readonly measureExecutions!: readonly MeasureExecution[];
}

@Resolver(() => Enterprise)
export class RecordResolver {
  @FieldResolver(() => FinanceRecord, {
    nullable: true,
    description:
      "The financial supervision authority's record. Null means that it could not be asked, never that it has nothing.",
  })
  finance(
    @Root() enterprise: Enterprise,
    @Ctx() context: DepartmentContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    return context.loadRecord(enterprise, info);
  }
}
