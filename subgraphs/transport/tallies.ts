/** What the transport authority counts for statistics: the grades of road transport, and its listings. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import { defineTallies, gradesTally, LISTINGS_TALLY } from "../shared/tallies";

/** What transport lends to `Statistics`. */
export const tallies = defineTallies("TRANSPORT", [
  gradesTally("ROAD_TRANSPORT"),
  LISTINGS_TALLY,
  ENTRIES_TALLY,
]);
