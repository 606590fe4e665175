/** What the transport authority counts for statistics: the grades that it gave, and its listings. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import { defineTallies, EXECUTIONS_TALLY, GRADES_TALLY, LISTINGS_TALLY } from "../shared/tallies";

/** What transport lends to `Statistics`. */
export const tallies = defineTallies("TRANSPORT", {
  selects: [GRADES_TALLY, LISTINGS_TALLY, EXECUTIONS_TALLY, ENTRIES_TALLY],
  largestType: "GradeDetermination",
});
