/** The construction authority's subgraph. */
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
import { AdministrativePenalty } from "./facts/administrative-penalty";
import { Commendation } from "./facts/commendation";
import { Guarantee } from "./facts/guarantee";
import { MaintenanceAssessment } from "./facts/maintenance-assessment";
import { SocialInsuranceArrears } from "./facts/social-insurance-arrears";
import { WageArrears } from "./facts/wage-arrears";
import { WorksQualification } from "./facts/works-qualification";
import { CreateFacts20261123000000 } from "./migrations/20261123000000-create-facts";
import { RecordResolver } from "./record.resolver";
import { tallies } from "./tallies";

export const construction = defineDepartment({
  department: "CONSTRUCTION",
  enterprise,
  resolvers: [RecordResolver, EvidenceResolver, tallies.resolver, duties.resolver],
  entities: [tallies.entity, duties.entity],
  facts: [
    AdministrativePenalty,
    GradeDetermination,
    ListEntry,
    ProcedureStep,
    MeasureExecution,
    WorksQualification,
    MaintenanceAssessment,
    WageArrears,
    SocialInsuranceArrears,
    Commendation,
    Guarantee,
  ],
  migrations: [CreateFacts20261123000000],
  demo,
});
