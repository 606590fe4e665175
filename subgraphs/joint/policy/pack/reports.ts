/** Whether the reports that a pack asks for can be looked up: fact types and fields are those of the catalogue. */
import { findFactType } from "../../../../schema/fact-catalogue";
import type { ReportSpec, SchemeFile } from "./scheme-file";

// The safety authority keeps the register of enterprises: only what lies beside it can be found missing.
const REGISTER = "SAFETY";

/** What is wrong with the reports of a pack, a sentence each. */
export function reportFaults({ reports }: Pick<SchemeFile, "reports">): readonly string[] {
  return reports.flatMap(faultsOf);
}

function faultsOf({ name, facts, where, year, periods, from, enrolled = {} }: ReportSpec): readonly string[] {
  const type = findFactType(facts);
  if (!type) return [`report ${name}: there is no fact type '${facts}'`];
  const named = [
    year,
    ...Object.keys({ ...where, ...enrolled }),
    ...periods.flatMap((period) => Object.keys(period.where)),
  ];
  const strangers = [...new Set(named)].filter((field) => !type.fields.some((own) => own.name === field));
  return [
    ...strangers.map((field) => `report ${name}: ${facts} has no field '${field}'`),
    ...(type.departments.includes(REGISTER)
      ? []
      : [`report ${name}: ${facts} is not recorded by ${REGISTER}`]),
    ...(from === "ENROLLED" && Object.keys({ ...where, ...enrolled }).length === 0
      ? [`report ${name}: 'where' must say of which scheme they are who have handed one in before`]
      : []),
  ];
}
