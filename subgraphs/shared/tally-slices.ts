/**
 * Counts a population slice by slice of credit codes and remembers each slice until a recording changes an enterprise in it.
 * Half a million are so counted by statements far within their limit; what was counted for an asker who gave up is there
 * for the next. Whose facts change, the outbox of the change feed says, in the transaction that changes them.
 */
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";

/** Counts of one group: `of` says what its members have in common, `counts` how many of them there are in which respect. */
export interface TallyRow {
  readonly of: Readonly<Record<string, unknown>>;
  readonly counts: Readonly<Record<string, number>>;
}

/** A statement that counts: its parameters are those of the question, then a slice's first credit code and the one behind it. */
export interface SlicedCount {
  readonly name: string;
  readonly text: string;
  /** The table, in double quotes, by whose credit codes the population is divided. */
  readonly table: string;
}

/** Counts by question, the parameters in front of those of the slice. */
export type CountPopulation = (question: readonly (string | null)[]) => Promise<readonly TallyRow[]>;

// About a tenth of a second of the database each: a recording of a few facts makes few of them count again.
const SLICE_ROWS = 50_000;
const SLICES_MAX = 40;
// Of the pool's ten connections most are left to everybody else.
const STATEMENTS_AT_ONCE = 3;
const QUESTIONS_MAX = 16;
// Before the first and behind the last character of a credit code.
const [LOWEST, HIGHEST] = ["", "~"];

// The database's own statistics know where equal parts begin; a table that it has not looked at yet is small.
const BOUNDS = `SELECT c.reltuples::float8 AS rows, s.histogram_bounds::text::text[] AS bounds
  FROM pg_class c LEFT JOIN pg_stats s
    ON s.schemaname = c.relnamespace::regnamespace::text AND s.tablename = c.relname AND s.attname = 'credit_code'
  WHERE c.oid = to_regclass($1)`;

// One snapshot. A slice that was counted before the changes that are kept is counted again.
const CHANGES = `SELECT r.recorded_at::text AS now, r.changes_kept_since <= $1::timestamptz AS "reachesBack",
    ARRAY(SELECT DISTINCT c.credit_code FROM changed_enterprise c
      WHERE r.changes_kept_since <= $1::timestamptz AND c.recorded_at > $1::timestamptz) AS changed
  FROM recording_clock r`;

interface Slice {
  readonly from: string;
  readonly before: string;
  rows: Promise<readonly TallyRow[]> | undefined;
}

interface Counted {
  readonly slices: readonly Slice[];
  /** Recordings up to then are in every slice that has rows. */
  upTo: string;
}

async function divide(pool: Pool, table: string): Promise<readonly Slice[]> {
  const { rows } = await pool.query<{ rows: number; bounds: string[] | null }>(BOUNDS, [table]);
  const bounds = rows[0]?.bounds ?? [];
  const count = Math.min(Math.ceil((rows[0]?.rows ?? 0) / SLICE_ROWS), SLICES_MAX, bounds.length);
  const starts = Array.from({ length: Math.max(count, 1) }, (_, nth) =>
    nth === 0 ? LOWEST : bounds[Math.floor((nth * bounds.length) / count)]!,
  );
  return starts.map((from, nth) => ({ from, before: starts[nth + 1] ?? HIGHEST, rows: undefined }));
}

async function forgetChanged(pool: Pool, counted: Counted): Promise<void> {
  const { rows } = await pool.query<{ now: string; reachesBack: boolean; changed: string[] }>(CHANGES, [
    counted.upTo,
  ]);
  const { now, reachesBack, changed } = rows[0]!;
  for (const slice of counted.slices)
    if (!reachesBack || changed.some((code) => code >= slice.from && code < slice.before))
      slice.rows = undefined;
  counted.upTo = now;
}

/** A counter over a pool. It throws what `pg` throws; slices that were counted are kept all the same. */
export function createSlicedCounter(pool: Pool, { name, text, table }: SlicedCount): CountPopulation {
  const remembered = new LRUCache<string, Counted>({ max: QUESTIONS_MAX });

  async function find(key: string): Promise<Counted> {
    const known = remembered.get(key);
    if (known) return known;
    const slices = await divide(pool, table);
    const fresh = remembered.get(key) ?? { slices, upTo: "-infinity" };
    remembered.set(key, fresh);
    return fresh;
  }

  function count(slice: Slice, question: readonly (string | null)[]): Promise<readonly TallyRow[]> {
    const values = [...question, slice.from, slice.before];
    const counting = pool.query<TallyRow>({ name, text, values }).then(({ rows }) => rows);
    slice.rows = counting;
    counting.catch(() => {
      if (slice.rows === counting) slice.rows = undefined;
    });
    return counting;
  }

  return async (question) => {
    const counted = await find(JSON.stringify(question));
    await forgetChanged(pool, counted);
    const rows: (readonly TallyRow[])[] = [];
    const open = counted.slices.values();
    const work = async (): Promise<void> => {
      for (const slice of open) rows.push(await (slice.rows ?? count(slice, question)));
    };
    await Promise.all(Array.from({ length: STATEMENTS_AT_ONCE }, work));
    return addUp(rows.flat());
  };
}

/** One row a group, in the order of their texts. */
function addUp(rows: readonly TallyRow[]): readonly TallyRow[] {
  const groups = new Map<string, { of: TallyRow["of"]; counts: Record<string, number> }>();
  for (const { of, counts } of rows) {
    const key = JSON.stringify([of, Object.keys(counts)]);
    const group = groups.get(key) ?? { of, counts: {} };
    groups.set(key, group);
    for (const [name, value] of Object.entries(counts))
      group.counts[name] = (group.counts[name] ?? 0) + value;
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}
