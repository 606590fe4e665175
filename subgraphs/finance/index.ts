/** The financial supervision authority's subgraph. */
import "reflect-metadata";
import { defineDepartment } from "../shared/department";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { demo } from "./demo";
import { enterprise } from "./enterprise";
import { EvidenceResolver } from "./evidence.resolver";
import { CreditLine } from "./facts/credit-line";
import { InsurancePolicy } from "./facts/insurance-policy";
import { LoanApplication } from "./facts/loan-application";
import { LoanDefault } from "./facts/loan-default";
import { SecuritiesReview } from "./facts/securities-review";
import { CreateFacts20261123000000 } from "./migrations/20261123000000-create-facts";
import { RecordResolver } from "./record.resolver";
import { tallies } from "./tallies";

export const finance = defineDepartment({
  department: "FINANCE",
  enterprise,
  resolvers: [RecordResolver, EvidenceResolver, tallies.resolver],
  entities: [tallies.entity],
  facts: [LoanApplication, CreditLine, LoanDefault, InsurancePolicy, SecuritiesReview, MeasureExecution],
  migrations: [CreateFacts20261123000000],
  demo,
});
