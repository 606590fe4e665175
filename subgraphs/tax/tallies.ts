/** What the tax bureau counts for statistics: the listings that it confirmed. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import { defineTallies, LISTINGS_TALLY } from "../shared/tallies";

// The scheme is given with every question; tax's listings are of no scheme.
const ASKED = "$1::text IS NOT NULL";

/** What tax lends to `Statistics`. */
export const tallies = defineTallies("TAX", [`${LISTINGS_TALLY} AND ${ASKED}`, ENTRIES_TALLY]);
