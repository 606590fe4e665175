/** What the tax bureau counts for statistics: the grades that it gave, and the listings that it confirmed. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import { defineTallies, EXECUTIONS_TALLY, GRADES_TALLY, LISTINGS_TALLY } from "../shared/tallies";

/** What tax lends to `Statistics`. */
export const tallies = defineTallies("TAX", {
  selects: [GRADES_TALLY, LISTINGS_TALLY, EXECUTIONS_TALLY, ENTRIES_TALLY],
  largestType: "ListEntry",
});
