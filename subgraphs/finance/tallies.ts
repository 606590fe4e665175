/** What the financial supervision authority counts for statistics: the measures that it carried out. */
import { defineTallies, EXECUTIONS_TALLY } from "../shared/tallies";

/** What finance lends to `Statistics`. */
export const tallies = defineTallies("FINANCE", {
  selects: [EXECUTIONS_TALLY],
  largestType: "MeasureExecution",
});
