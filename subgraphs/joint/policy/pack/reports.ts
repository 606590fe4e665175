/** Whether the reports that a pack asks for can be looked up: fact types and fields are those of the catalogue. */
import { findFactType } from "../../../../schema/fact-catalogue";
import type { ReportSpec, SchemeFile } from "./scheme-file";

// The safety authority keeps the register of enterprises: only what lies beside it can be found missing.
const REGISTER = "SAFETY";

/** What is wrong with the reports of a pack, a sentence each. */
export function reportFaults({ reports }: Pick<SchemeFile, "reports">): readonly string[] {
  return reports.flatMap(faultsOf);
}

function faultsOf(report: ReportSpec): readonly string[] {
  const { name, facts, where, year, periods, from, enrolled = where, enrolledBy = facts } = report;
  const handedIn = [year, ...Object.keys(where), ...periods.flatMap((period) => Object.keys(period.where))];
  const faults = [
    ...new Set([...fieldFaults(facts, handedIn), ...fieldFaults(enrolledBy, Object.keys(enrolled))]),
    ...(from === "ENROLLED" && Object.keys(enrolled).length === 0
      ? ["'where' must say of which scheme they are who have handed one in before"]
      : []),
  ];
  return faults.map((fault) => `report ${name}: ${fault}`);
}

function fieldFaults(facts: string, fields: readonly string[]): readonly string[] {
  const type = findFactType(facts);
  if (!type) return [`there is no fact type '${facts}'`];
  const strangers = fields.filter((field) => !type.fields.some((own) => own.name === field));
  return [
    ...strangers.map((field) => `${facts} has no field '${field}'`),
    ...(type.departments.includes(REGISTER) ? [] : [`${facts} is not recorded by ${REGISTER}`]),
  ];
}
