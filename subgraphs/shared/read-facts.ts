/**
 * The reads of a department: one named statement for a whole batch of keys, whatever their number. Named `pg` statements
 * instead of the object mapper, because this is the path of every decision (see README, "Why").
 */
import { createHash } from "node:crypto";
import type { Pool } from "pg";
import type { FactType } from "../../schema/fact-catalogue";
import type { EnterpriseKey } from "./enterprise-key";
import type { Evidence, EvidenceFact } from "./evidence";
import { evidenceJsonSql, factJsonSql, happenedOnSql, quoteTable } from "./fact-table";

/** Facts of a record by record field: a list for each type, one fact or null for a registration. */
export type RecordRow = Readonly<Record<string, unknown>>;

/** The reads of one department. Answers stand in the order of the keys. */
export interface FactReads {
  /** The facts that hold on the keys' days, of the fact types named by their record fields. */
  readRecords(keys: readonly EnterpriseKey[], recordFields: readonly string[]): Promise<readonly RecordRow[]>;
  /** Every fact known that had happened by the keys' days. */
  readEvidence(keys: readonly EnterpriseKey[]): Promise<readonly Evidence[]>;
}

// A prepared statement costs the server memory for as long as a connection lives.
const NAMED_SELECTIONS_MAX = 64;

// As JSON, not as arrays: for `unnest` of a parameter the planner looks at its length, prefers a plan for that very length
// to the prepared one, and so plans anew each time - which takes longer than to run the plan.
const KEYS = `json_to_recordset($1) AS k(position int, credit_code text, as_of date, known_at timestamptz)`;

// A null `known_at` reads as infinity: then only the versions that nothing has replaced are known.
const known = `f.credit_code = k.credit_code AND f.recorded_at <= coalesce(k.known_at, 'infinity')
  AND (f.superseded_at IS NULL OR f.superseded_at > coalesce(k.known_at, 'infinity'))`;

const happened = (type: FactType): string => `coalesce(${happenedOnSql(type)}, '-infinity') <= k.as_of`;

// Half-open: a fact holds on its first day, and no longer on the day it ends.
const holds = `coalesce(f.valid_from, '-infinity') <= k.as_of AND k.as_of < coalesce(f.valid_until, 'infinity')`;

function recordFieldSql(type: FactType): string {
  const source = `FROM ${quoteTable(type)} f WHERE ${known} AND ${happened(type)} AND ${holds}`;
  const latestFirst = `coalesce(${happenedOnSql(type)}, f.valid_from) DESC NULLS LAST, f.recorded_at DESC, f.id DESC`;
  const select = type.singular
    ? `SELECT ${factJsonSql(type)} ${source} ORDER BY f.status = 'WITHDRAWN', ${latestFirst} LIMIT 1`
    : `SELECT coalesce(json_agg(${factJsonSql(type)} ORDER BY ${latestFirst}), '[]') ${source}`;
  return `(${select}) AS "${type.recordField}"`;
}

function evidenceSql(types: readonly FactType[]): string {
  const parts = types.map(
    (type) =>
      `SELECT f.id, ${evidenceJsonSql(type)} AS fact FROM ${quoteTable(type)} f WHERE ${known} AND ${happened(type)}`,
  );
  return `SELECT k.position, e.facts FROM ${KEYS}
    CROSS JOIN LATERAL (
      SELECT json_agg(u.fact ORDER BY u.id) AS facts FROM (${parts.join("\nUNION ALL\n")}) u
    ) e`;
}

const parametersOf = (keys: readonly EnterpriseKey[]): [string] => [
  JSON.stringify(
    keys.map(({ creditCode, asOf, knownAt }, position) => ({
      position,
      credit_code: creditCode,
      as_of: asOf,
      known_at: knownAt,
    })),
  ),
];

function inOrder<Row extends { readonly position: number }>(rows: readonly Row[]): readonly Row[] {
  const ordered = new Array<Row>(rows.length);
  for (const row of rows) ordered[row.position] = row;
  return ordered;
}

const nameOf = (purpose: string, fields: readonly string[]): string =>
  `${purpose}-${createHash("sha256").update(fields.join()).digest("hex").slice(0, 16)}`;

interface Selection {
  readonly name: string;
  readonly text: string;
}

function createSelections(
  types: readonly FactType[],
): (recordFields: readonly string[]) => Partial<Selection> {
  const named = new Map<string, Selection>();
  return (recordFields) => {
    const key = recordFields.join();
    const cached = named.get(key);
    if (cached) return cached;
    const columns = types.filter(({ recordField }) => recordFields.includes(recordField)).map(recordFieldSql);
    const text = `SELECT ${["k.position", ...columns].join(", ")} FROM ${KEYS}`;
    if (named.size >= NAMED_SELECTIONS_MAX) return { text };
    const selection = { name: nameOf("record", recordFields), text };
    named.set(key, selection);
    return selection;
  };
}

function toEvidence({ creditCode }: EnterpriseKey, facts: readonly EvidenceFact[] | null): Evidence {
  // "Nothing on record" is an answer, not an absence.
  return { status: facts ? "ON_RECORD" : "NONE_ON_RECORD", creditCode, facts: facts ?? [] };
}

/** The reads of a department over its pool. They throw what `pg` throws; `askDepartment` makes an answer of that. */
export function createFactReads(pool: Pool, types: readonly FactType[]): FactReads {
  const selectionOf = createSelections(types);
  const evidence = { name: nameOf("evidence", []), text: evidenceSql(types) };
  return {
    async readRecords(keys, recordFields) {
      const { rows } = await pool.query({
        ...selectionOf(recordFields),
        values: parametersOf(keys),
      } as never);
      return inOrder(rows as (RecordRow & { position: number })[]);
    },
    async readEvidence(keys) {
      const { rows } = await pool.query({ ...evidence, values: parametersOf(keys) });
      return inOrder(rows as { position: number; facts: EvidenceFact[] | null }[]).map((row, index) =>
        toEvidence(keys[index]!, row.facts),
      );
    },
  };
}
