/** What the safety authority counts for statistics: all enterprises that are registered, and what they have attained. */
import { ENTRIES_TALLY } from "../shared/entry-tally";
import { happenedFactsSql } from "../shared/facts-on-a-day";
import {
  defineTallies,
  GRADES,
  happenedInSliceSql,
  knownInSliceSql,
  LATEST_FIRST,
  EXECUTIONS_TALLY,
  LISTINGS_TALLY,
} from "../shared/tallies";

// The latest registration that holds, as the readable record shows it. Every column lies in one index.
const REGISTERED = `SELECT DISTINCT ON (f.credit_code)
    f.credit_code, f.industry, f.sector, f.above_designated_size
  ${happenedInSliceSql("EnterpriseRegistration")} AND $2::date < coalesce(f.valid_until, 'infinity')
  ORDER BY f.credit_code, ${LATEST_FIRST}`;

const inForce = `$2::date < coalesce(f.valid_until, 'infinity') AND $2::date < coalesce(f.withdrawn_on, 'infinity')`;

const CERTIFIED = `SELECT f.credit_code, min(f.level) FILTER (WHERE ${inForce}) AS level,
    min(coalesce(f.valid_from, f.occurred_on)) AS first_attained_on
  ${happenedInSliceSql("StandardizationCertificate")} GROUP BY f.credit_code`;

// By its own dates: what was signed counts, though it is published only later.
const COMMITTED = `SELECT f.credit_code, coalesce(f.published_on <= $2::date, false) AS publicised
  ${knownInSliceSql("SafetyCommitment")} AND least(f.signed_on, f.published_on) <= $2::date`;

const REPORTED = `SELECT f.credit_code ${happenedInSliceSql("HonestyReport")} AND f.year = extract(year FROM $2::date)::int`;

// What is known of an enterprise beside its registration, in one row: joining each by itself would take longer than counting.
const PROFILES = `SELECT p.credit_code, min(p.level) AS level, bool_or(p.publicised IS NOT NULL) AS committed,
    bool_or(p.publicised) AS publicised, bool_or(p.reported) AS reported
  FROM (
    SELECT c.credit_code, c.level, NULL::boolean, NULL::boolean FROM certified c
    UNION ALL SELECT m.credit_code, NULL, m.publicised, NULL FROM (${COMMITTED}) m
    UNION ALL SELECT h.credit_code, NULL, NULL, true FROM (${REPORTED}) h
  ) p(credit_code, level, publicised, reported) GROUP BY p.credit_code`;

const withSomething = (condition: string): string => `count(*) FILTER (WHERE ${condition})`;
const GROUP = `jsonb_strip_nulls(jsonb_build_object('industry', r.industry, 'sector', r.sector,
      'aboveDesignatedSize', r.above_designated_size))`;

const POPULATION_TALLY = `SELECT ${GROUP},
    jsonb_build_object('registered', count(*),
      'attained', ${withSomething("p.level IS NOT NULL")}, 'attainedLevel1', ${withSomething("p.level = 1")},
      'attainedLevel2', ${withSomething("p.level = 2")}, 'attainedLevel3', ${withSomething("p.level = 3")},
      'committed', ${withSomething("p.committed")}, 'publicised', ${withSomething("p.publicised")},
      'honestyReportsMissing', ${withSomething("p.reported IS NOT TRUE")})
  FROM (${REGISTERED}) r LEFT JOIN (${PROFILES}) p USING (credit_code)
  GROUP BY r.industry, r.sector, r.above_designated_size`;

// Few take part in a scheme: their registrations are looked up one by one.
const REGISTRATION_OF_EACH = `LATERAL (SELECT f.industry, f.sector, f.above_designated_size
  ${happenedFactsSql("EnterpriseRegistration")} AND f.credit_code = e.credit_code
    AND $2::date < coalesce(f.valid_until, 'infinity') ORDER BY ${LATEST_FIRST} LIMIT 1) r ON true`;

// Whoever is graded without being registered is counted as graded; started have those who are registered.
const GRADED_TALLY = `SELECT ${GROUP} || jsonb_build_object('grade', e.grade),
    jsonb_build_object('graded', count(*), 'regraded', ${withSomething("e.regraded")})
  FROM (${GRADES}) e LEFT JOIN ${REGISTRATION_OF_EACH}
  GROUP BY r.industry, r.sector, r.above_designated_size, e.grade`;

const STARTED_TALLY = `SELECT ${GROUP}, jsonb_build_object('started', count(*))
  FROM (SELECT DISTINCT f.credit_code ${happenedInSliceSql("ProgrammeEnrolment")} AND f.scheme = $1::text) e
    JOIN ${REGISTRATION_OF_EACH}
  GROUP BY r.industry, r.sector, r.above_designated_size`;

// By day: from which day on an earlier attainment counts, the scheme says.
const ATTAINED_TALLY = `SELECT jsonb_strip_nulls(jsonb_build_object('firstAttainedOn', c.first_attained_on)),
    jsonb_build_object('everAttained', count(*), 'certified', count(c.level))
  FROM certified c GROUP BY c.first_attained_on`;

/** What safety lends to `Statistics`. */
export const tallies = defineTallies("SAFETY", {
  selects: [GRADED_TALLY, STARTED_TALLY, EXECUTIONS_TALLY],
  ofAnyScheme: {
    withClause: `WITH certified AS MATERIALIZED (${CERTIFIED})`,
    selects: [POPULATION_TALLY, ATTAINED_TALLY, LISTINGS_TALLY, ENTRIES_TALLY],
  },
  largestType: "EnterpriseRegistration",
});
