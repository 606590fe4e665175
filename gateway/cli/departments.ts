/** The five departments as the command line knows them: a composition root, like the launcher. */
import type { FactDepartment } from "../../schema/fact-catalogue";
import { construction } from "../../subgraphs/construction";
import { finance } from "../../subgraphs/finance";
import { safety } from "../../subgraphs/safety";
import type { DepartmentDefinition } from "../../subgraphs/shared/department";
import { tax } from "../../subgraphs/tax";
import { transport } from "../../subgraphs/transport";

/** By the name under which facts say whose they are. */
export const DEPARTMENTS: Readonly<Record<FactDepartment, DepartmentDefinition>> = {
  SAFETY: safety,
  TRANSPORT: transport,
  CONSTRUCTION: construction,
  TAX: tax,
  FINANCE: finance,
};
