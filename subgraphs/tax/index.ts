/** The tax bureau's subgraph. */
import "reflect-metadata";
import { defineDepartment } from "../shared/department";
import { GradeDetermination } from "../shared/facts/grade-determination";
import { ListEntry } from "../shared/facts/list-entry";
import { MeasureExecution } from "../shared/facts/measure-execution";
import { ProcedureStep } from "../shared/facts/procedure-step";
import { demo } from "./demo";
import { duties } from "./duties";
import { enterprise } from "./enterprise";
import { EvidenceResolver } from "./evidence.resolver";
import { MajorTaxViolation } from "./facts/major-tax-violation";
import { TaxArrears } from "./facts/tax-arrears";
import { TaxRebate } from "./facts/tax-rebate";
import { TaxpayerCreditGrade } from "./facts/taxpayer-credit-grade";
import { CreateFacts20261123000000 } from "./migrations/20261123000000-create-facts";
import { RecordResolver } from "./record.resolver";
import { tallies } from "./tallies";

export const tax = defineDepartment({
  department: "TAX",
  enterprise,
  resolvers: [RecordResolver, EvidenceResolver, tallies.resolver, duties.resolver],
  entities: [tallies.entity, duties.entity],
  facts: [
    TaxpayerCreditGrade,
    TaxArrears,
    TaxRebate,
    MajorTaxViolation,
    GradeDetermination,
    ListEntry,
    ProcedureStep,
    MeasureExecution,
  ],
  migrations: [CreateFacts20261123000000],
  demo,
});
