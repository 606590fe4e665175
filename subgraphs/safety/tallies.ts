/** What the safety authority counts for statistics: all enterprises that are registered, and what they have attained. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import {
  defineTallies,
  GRADE_COUNTS,
  GRADES,
  happenedFactsSql,
  knownFactsSql,
  LATEST_FIRST,
  LISTINGS_TALLY,
} from "../shared/tallies";

// The latest registration that holds, as the readable record shows it.
const REGISTERED = `SELECT DISTINCT ON (f.credit_code)
    f.credit_code, f.industry, f.sector, f.above_designated_size
  ${happenedFactsSql("EnterpriseRegistration")} AND $2::date < coalesce(f.valid_until, 'infinity')
  ORDER BY f.credit_code, ${LATEST_FIRST}`;

const inForce = `$2::date < coalesce(f.valid_until, 'infinity') AND $2::date < coalesce(f.withdrawn_on, 'infinity')`;

const CERTIFIED = `SELECT f.credit_code, min(f.level) FILTER (WHERE ${inForce}) AS level,
    min(coalesce(f.valid_from, f.occurred_on)) AS first_attained_on
  ${happenedFactsSql("StandardizationCertificate")} GROUP BY f.credit_code`;

const STARTED = `SELECT DISTINCT f.credit_code ${happenedFactsSql("ProgrammeEnrolment")} AND f.scheme = $1::text`;

// By its own dates: what was signed counts, though it is published only later.
const COMMITTED = `SELECT f.credit_code, coalesce(bool_or(f.published_on <= $2::date), false) AS publicised
  ${knownFactsSql("SafetyCommitment")} AND least(f.signed_on, f.published_on) <= $2::date GROUP BY f.credit_code`;

const REPORTED = `SELECT DISTINCT f.credit_code ${happenedFactsSql("HonestyReport")}
  AND f.year = extract(year FROM $2::date)`;

const REGISTERED_TALLY = `SELECT
    jsonb_strip_nulls(jsonb_build_object('industry', r.industry, 'sector', r.sector,
      'aboveDesignatedSize', r.above_designated_size)),
    jsonb_build_object('registered', count(*), 'started', count(s.credit_code),
      'attained', count(c.level), 'attainedLevel1', count(*) FILTER (WHERE c.level = 1),
      'attainedLevel2', count(*) FILTER (WHERE c.level = 2), 'attainedLevel3', count(*) FILTER (WHERE c.level = 3),
      'committed', count(m.credit_code), 'publicised', count(*) FILTER (WHERE m.publicised),
      'honestyReportsMissing', count(*) FILTER (WHERE h.credit_code IS NULL))
  FROM registered r LEFT JOIN certified c USING (credit_code) LEFT JOIN (${STARTED}) s USING (credit_code)
    LEFT JOIN (${COMMITTED}) m USING (credit_code) LEFT JOIN (${REPORTED}) h USING (credit_code)
  GROUP BY r.industry, r.sector, r.above_designated_size`;

// By day: from which day on an earlier attainment counts, the scheme says.
const ATTAINED_TALLY = `SELECT jsonb_strip_nulls(jsonb_build_object('firstAttainedOn', c.first_attained_on)),
    jsonb_build_object('everAttained', count(*), 'certified', count(c.level))
  FROM certified c GROUP BY c.first_attained_on`;

// Two sectors are graded by their own departments, which tell their grades themselves.
const GRADES_TALLY = `SELECT jsonb_strip_nulls(jsonb_build_object('sector', r.sector, 'grade', g.grade)), ${GRADE_COUNTS}
  FROM (${GRADES}) g LEFT JOIN registered r USING (credit_code)
  WHERE coalesce(r.sector, '') NOT IN ('ROAD_TRANSPORT', 'CONSTRUCTION') GROUP BY r.sector, g.grade`;

/** What safety lends to `Statistics`. */
export const tallies = defineTallies(
  "SAFETY",
  [REGISTERED_TALLY, ATTAINED_TALLY, GRADES_TALLY, LISTINGS_TALLY, ENTRIES_TALLY],
  `WITH registered AS MATERIALIZED (${REGISTERED}), certified AS MATERIALIZED (${CERTIFIED})`,
);
