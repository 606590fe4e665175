/** What list keepers count of their entries for statistics: those that stand, by list and day of publication. */
import { happenedInSliceSql, knownInSliceSql } from "./tallies";

/**
 * Rows `(of, counts)`: entries that have not ended by `$2`, with the steps taken over the list since they were published, so that
 * whoever knows which steps end an entry can leave those out.
 */
export const ENTRIES_TALLY = `SELECT jsonb_build_object('list', s.list, 'publishedOn', s.published_on, 'steps', s.steps),
    jsonb_build_object('entriesStanding', count(*))
  FROM (SELECT e.list, e.published_on, coalesce((SELECT string_agg(DISTINCT f.step, ',' ORDER BY f.step)
      ${knownInSliceSql("ProcedureStep")} AND f.credit_code = e.credit_code AND f.list = e.list
      AND f."on" BETWEEN e.published_on AND $2::date), '') AS steps
    FROM (SELECT f.credit_code, f.list, f.published_on ${happenedInSliceSql("ListEntry")}
      AND f.published_on <= $2::date AND $2::date < coalesce(f.ended_on, 'infinity')
      AND $2::date < coalesce(f.valid_until, 'infinity')) e) s
  GROUP BY s.list, s.published_on, s.steps`;
