/**
 * The reads of a department: one named statement for a whole batch of keys, whatever their number. Named `pg` statements
 * instead of the object mapper, because this is the path of every decision (see README, "Why").
 */
import type { Pool } from "pg";
import type { FactType } from "../../schema/fact-catalogue";
import type { EnterpriseKey } from "./enterprise-key";
import { KEYS, happened, inOrder, known, nameOf, parametersOf } from "./asked-keys";
import { factJsonSql, happenedOnSql, quoteTable } from "./fact-table";

/** Facts of a record by record field: a list for each type, one fact or null for a registration. */
export type RecordRow = Readonly<Record<string, unknown>>;

/** The reads of one department. Answers stand in the order of the keys. */
export interface FactReads {
  /** The facts that hold on the keys' days, of the fact types named by their record fields. */
  readRecords(keys: readonly EnterpriseKey[], recordFields: readonly string[]): Promise<readonly RecordRow[]>;
}

// A prepared statement costs the server memory for as long as a connection lives.
const NAMED_SELECTIONS_MAX = 64;

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

/** The reads of a department over its pool. They throw what `pg` throws; `askDepartment` makes an answer of that. */
export function createFactReads(pool: Pool, types: readonly FactType[]): FactReads {
  const selectionOf = createSelections(types);
  return {
    async readRecords(keys, recordFields) {
      const { rows } = await pool.query({
        ...selectionOf(recordFields),
        values: parametersOf(keys),
      } as never);
      return inOrder(rows as (RecordRow & { position: number })[]);
    },
  };
}
