/** What the construction authority counts for statistics: its grades, its assessments of maintenance, and its listings. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import {
  defineTallies,
  GRADES_TALLY,
  happenedInSliceSql,
  LATEST_FIRST,
  EXECUTIONS_TALLY,
  LISTINGS_TALLY,
} from "../shared/tallies";

// A unit that maintains both lifts and hoists is assessed for each.
const ASSESSED = `SELECT DISTINCT ON (f.credit_code, f.kind) f.kind, f.grade
  ${happenedInSliceSql("MaintenanceAssessment")} ORDER BY f.credit_code, f.kind, ${LATEST_FIRST}`;

const MAINTENANCE_TALLY = `SELECT jsonb_build_object('kind', a.kind, 'grade', a.grade),
    jsonb_build_object('assessed', count(*)) FROM (${ASSESSED}) a GROUP BY a.kind, a.grade`;

/** What construction lends to `Statistics`. */
export const tallies = defineTallies("CONSTRUCTION", {
  selects: [GRADES_TALLY, MAINTENANCE_TALLY, LISTINGS_TALLY, EXECUTIONS_TALLY, ENTRIES_TALLY],
  largestType: "GradeDetermination",
});
