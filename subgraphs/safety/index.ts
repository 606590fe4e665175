/** The safety authority's subgraph. */
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
import { CreateFacts20261123000000 } from "./migrations/20261123000000-create-facts";
import { AddNameSearch20261123000100 } from "./migrations/20261123000100-add-name-search";
import { AddTallyIndex20261126000000 } from "./migrations/20261126000000-add-tally-index";
import { CreateSchemeReport20261127000100 } from "./migrations/20261127000100-create-scheme-report";
import { RecordResolver } from "./record.resolver";
import { RegisterResolver } from "./register.resolver";
import { deriveNameColumns } from "./search/name-columns";
import { SearchResolver } from "./search/search.resolver";
import { tallies } from "./tallies";

export const safety = defineDepartment({
  department: "SAFETY",
  enterprise,
  resolvers: [
    RecordResolver,
    EvidenceResolver,
    SearchResolver,
    RegisterResolver,
    tallies.resolver,
    duties.resolver,
  ],
  entities: [tallies.entity, duties.entity],
  derivedColumns: { EnterpriseRegistration: deriveNameColumns },
  facts: [
    EnterpriseRegistration,
    StandardizationCertificate,
    AttainmentReview,
    Accident,
    SeriousViolation,
    Hazard,
    Inspection,
    AdministrativePenalty,
    SafetyLicence,
    SafetyCommitment,
    ProgrammeEnrolment,
    CriteriaReview,
    ScoreAssessment,
    SchemeReport,
    ProduceViolation,
    HonestyReport,
    OccupationalDiseaseCase,
    GradeDetermination,
    ListEntry,
    ProcedureStep,
    MeasureExecution,
    DynamicPoints,
  ],
  migrations: [
    CreateFacts20261123000000,
    AddNameSearch20261123000100,
    AddTallyIndex20261126000000,
    CreateSchemeReport20261127000100,
  ],
  demo,
});
