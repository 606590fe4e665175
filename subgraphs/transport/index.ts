/** The transport authority's subgraph. */
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
import { FleetProfile } from "./facts/fleet-profile";
import { OperatorLicence } from "./facts/operator-licence";
import { TrafficCreditEntry } from "./facts/traffic-credit-entry";
import { TrafficViolation } from "./facts/traffic-violation";
import { CreateFacts20261123000000 } from "./migrations/20261123000000-create-facts";
import { RecordResolver } from "./record.resolver";
import { tallies } from "./tallies";

export const transport = defineDepartment({
  department: "TRANSPORT",
  enterprise,
  resolvers: [RecordResolver, EvidenceResolver, tallies.resolver, duties.resolver],
  entities: [tallies.entity, duties.entity],
  facts: [
    GradeDetermination,
    ListEntry,
    ProcedureStep,
    MeasureExecution,
    OperatorLicence,
    FleetProfile,
    TrafficViolation,
    TrafficCreditEntry,
  ],
  migrations: [CreateFacts20261123000000],
  demo,
});
