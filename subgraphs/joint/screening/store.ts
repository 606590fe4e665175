/** All SQL of screenings. The queue itself is graphile-worker's, in the same database. */
import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import type { Outcome } from "../assessment/assessment";
import type { Screening, ScreeningQuestion } from "./screening";

/** The answer about one enterprise: its receipt. */
export interface ScreeningAnswer {
  readonly creditCode: string;
  readonly receiptId: string;
  readonly outcome: Outcome;
}

/** A part of a screening that is still to be answered. */
export interface OpenSlice {
  readonly question: ScreeningQuestion;
  readonly creditCodes: readonly string[];
}

const INSTANT = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const QUESTION = `s.purpose, s.scheme, s.as_of::text AS "asOf", ${INSTANT("s.known_at")} AS "knownAt"`;

const INSERT_SCREENING = `
  INSERT INTO screening (id, purpose, scheme, as_of, known_at, requested_by) VALUES ($1, $2, $3, $4, $5, $6)`;

const FIND = `
  SELECT s.id, ${QUESTION}, ${INSTANT("s.requested_at")} AS "requestedAt", ${INSTANT("s.finished_at")} AS "finishedAt",
    CASE WHEN s.cancelled_at IS NOT NULL THEN 'CANCELLED' WHEN s.finished_at IS NOT NULL THEN 'FINISHED'
         WHEN s.planned_at IS NOT NULL THEN 'RUNNING' ELSE 'WAITING' END AS state,
    coalesce(p.total, 0)::int AS total, coalesce(p.done, 0)::int AS done,
    coalesce((SELECT json_agg(json_build_object('outcome', o.outcome, 'count', o.count) ORDER BY o.outcome)
      FROM (SELECT e.key AS outcome, sum(e.value::int)::int AS count FROM screening_slice l, jsonb_each_text(l.outcomes) e
        WHERE l.screening_id = s.id GROUP BY e.key) o), '[]') AS outcomes
  FROM screening s,
    LATERAL (SELECT sum(cardinality(credit_codes)) AS total,
        sum(cardinality(credit_codes)) FILTER (WHERE outcomes IS NOT NULL) AS done
      FROM screening_slice WHERE screening_id = s.id) p
  WHERE s.id = $1::uuid`;

const CANCEL = `
  UPDATE screening SET cancelled_at = now() WHERE id = $1::uuid AND finished_at IS NULL AND cancelled_at IS NULL`;

const INSERT_SLICES = `
  INSERT INTO screening_slice (screening_id, slice, credit_codes)
  SELECT $1::uuid, l.slice, string_to_array(l.codes, ',')
  FROM unnest($2::int[], $3::text[]) AS l(slice, codes) ON CONFLICT DO NOTHING`;

const NOTE_PLANNED = "UPDATE screening SET planned_at = coalesce(planned_at, now()) WHERE id = $1::uuid";
const IS_PLANNED = "SELECT planned_at IS NOT NULL AS planned FROM screening WHERE id = $1::uuid";

const OPEN_SLICES = `
  SELECT slice FROM screening_slice WHERE screening_id = $1::uuid AND outcomes IS NULL ORDER BY slice`;

const FIND_SLICE = `
  SELECT ${QUESTION}, l.credit_codes AS "creditCodes"
  FROM screening s JOIN screening_slice l ON l.screening_id = s.id
  WHERE s.id = $1::uuid AND l.slice = $2 AND l.outcomes IS NULL AND s.cancelled_at IS NULL`;

const CLOSE_SLICE = `
  WITH answered AS (
    INSERT INTO screening_result (screening_id, credit_code, receipt_id, outcome)
    SELECT $1::uuid, * FROM unnest($3::text[], $4::uuid[], $5::text[])
    ON CONFLICT (screening_id, credit_code) DO NOTHING)
  UPDATE screening_slice SET outcomes = $6 WHERE screening_id = $1::uuid AND slice = $2 AND outcomes IS NULL`;

const FINISH = `
  UPDATE screening SET finished_at = now()
  WHERE id = $1::uuid AND finished_at IS NULL AND cancelled_at IS NULL AND planned_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM screening_slice WHERE screening_id = $1::uuid AND outcomes IS NULL)`;

const countOutcomes = (answers: readonly ScreeningAnswer[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ outcome }) => outcome)].map(([name, { length }]) => [name, length]),
  );

/** What screenings ask of their database. */
export interface ScreeningStore extends ScreeningRecords, SliceRecords {}

interface ScreeningRecords {
  readonly create: (question: ScreeningQuestion, requestedBy: string) => Promise<string>;
  readonly find: (id: string) => Promise<Screening | undefined>;
  /** False when it was finished or cancelled already. */
  readonly cancel: (id: string) => Promise<boolean>;
  /** Ends it if every slice is answered. */
  readonly finish: (id: string) => Promise<void>;
}

interface SliceRecords {
  /** Keeps the slices; when they are there already they stay as they are. */
  readonly plan: (id: string, slices: readonly (readonly string[])[]) => Promise<void>;
  readonly isPlanned: (id: string) => Promise<boolean>;
  readonly openSlices: (id: string) => Promise<readonly number[]>;
  /** Undefined when the slice is answered or the screening cancelled. */
  readonly findSlice: (id: string, slice: number) => Promise<OpenSlice | undefined>;
  /** Keeps the answers of a slice, once, and ends the screening when it was the last. */
  readonly closeSlice: (id: string, slice: number, answers: readonly ScreeningAnswer[]) => Promise<void>;
}

/** The screening store over a pool. */
export function createScreeningStore(pool: Pool): ScreeningStore {
  const screenings = recordScreenings(pool);
  return { ...screenings, ...recordSlices(pool, screenings) };
}

function recordScreenings(pool: Pool): ScreeningRecords {
  return {
    async create({ purpose, scheme, asOf, knownAt }, requestedBy) {
      const id = newId();
      await pool.query(INSERT_SCREENING, [id, purpose, scheme, asOf, knownAt, requestedBy]);
      return id;
    },
    async find(id) {
      return (await pool.query<Screening>(FIND, [id])).rows[0];
    },
    async cancel(id) {
      return (await pool.query(CANCEL, [id])).rowCount === 1;
    },
    async finish(id) {
      await pool.query(FINISH, [id]);
    },
  };
}

function recordSlices(pool: Pool, { finish }: ScreeningRecords): SliceRecords {
  return {
    async plan(id, slices) {
      const numbers = slices.map((_, index) => index);
      await pool.query(INSERT_SLICES, [id, numbers, slices.map((codes) => codes.join(","))]);
      await pool.query(NOTE_PLANNED, [id]);
    },
    async isPlanned(id) {
      return (await pool.query<{ planned: boolean }>(IS_PLANNED, [id])).rows[0]?.planned === true;
    },
    async openSlices(id) {
      const { rows } = await pool.query<{ slice: number }>(OPEN_SLICES, [id]);
      return rows.map(({ slice }) => slice);
    },
    async findSlice(id, slice) {
      const { rows } = await pool.query(FIND_SLICE, [id, slice]);
      if (!rows[0]) return undefined;
      const { creditCodes, ...question } = rows[0];
      return { question, creditCodes };
    },
    async closeSlice(id, slice, answers) {
      await pool.query(CLOSE_SLICE, [
        id,
        slice,
        answers.map(({ creditCode }) => creditCode),
        answers.map(({ receiptId }) => receiptId),
        answers.map(({ outcome }) => outcome),
        countOutcomes(answers),
      ]);
      await finish(id);
    },
  };
}
