/**
 * What a department lends, as the JSON texts that its database writes: nobody parses them on the way to the gateway. Few
 * enterprises are looked up one by one; for many on one day, each table is asked once for all, which costs half as much.
 */
import type { Pool } from "pg";
import type { FactType } from "../../schema/fact-catalogue";
import { KEYS, happened, inOrder, known, nameOf, parametersOf } from "./asked-keys";
import type { EnterpriseKey } from "./enterprise-key";
import { type LentField, happenedOnSql, lentJsonSql, quoteTable } from "./fact-table";

/** The facts about one enterprise as the text of a JSON list in the order of their ids; null: there are none. */
export type LentFactsText = string | null;

/** Reads every fact known that had happened by the keys' days, with the fields asked for. Texts stand in the order of the keys. */
export type ReadEvidence = (
  keys: readonly EnterpriseKey[],
  fields: readonly LentField[],
) => Promise<readonly LentFactsText[]>;

// As many statements as two gateways of different makes need; what goes beyond is planned each time.
const NAMED_MAX = 8;
const FEW_MAX = 8;

interface Statement {
  readonly name?: string;
  readonly text: string;
}

function fewSql(types: readonly FactType[], fields: readonly LentField[]): string {
  const parts = types.map(
    (type) =>
      `SELECT f.id, ${lentJsonSql(type, fields, "few")} AS fact FROM ${quoteTable(type)} f WHERE ${known} AND ${happened(type)}`,
  );
  return `SELECT k.position, e.facts FROM ${KEYS}
    CROSS JOIN LATERAL (
      SELECT json_agg(u.fact ORDER BY u.id)::text AS facts FROM (${parts.join("\nUNION ALL\n")}) u
    ) e`;
}

// The codes come out of a query of their own, so that the planner does not look at their number and plans once.
const ASKED = "WITH asked AS MATERIALIZED (SELECT string_to_array($1, ',')::varchar[] AS codes)";

const knownAtOnce = `f.credit_code = ANY ((SELECT codes FROM asked)::varchar[])
  AND f.recorded_at <= coalesce($3::timestamptz, 'infinity')
  AND (f.superseded_at IS NULL OR f.superseded_at > coalesce($3::timestamptz, 'infinity'))`;

function manySql(types: readonly FactType[], fields: readonly LentField[]): string {
  const parts = types.map(
    (type) => `SELECT f.credit_code, f.id, ${lentJsonSql(type, fields, "many")}::text AS fact
      FROM ${quoteTable(type)} f WHERE ${knownAtOnce} AND coalesce(${happenedOnSql(type)}, '-infinity') <= $2::date`,
  );
  return `${ASKED} SELECT u.credit_code, '[' || string_agg(u.fact, ',' ORDER BY u.id) || ']' AS facts
    FROM (${parts.join("\nUNION ALL\n")}) u GROUP BY u.credit_code`;
}

function createStatements(types: readonly FactType[]) {
  const known = new Map<string, Statement>();
  return (fields: readonly LentField[], keys: "few" | "many"): Statement => {
    const key = [keys, ...fields].join();
    const before = known.get(key);
    if (before) return before;
    const text = (keys === "few" ? fewSql : manySql)(types, fields);
    if (known.size >= NAMED_MAX) return { text };
    const statement = { name: nameOf(`evidence-${keys}`, fields), text };
    known.set(key, statement);
    return statement;
  };
}

interface LentRow {
  readonly credit_code: string;
  readonly facts: string;
}

/** The reader of a department's evidence over its pool: one statement a batch. It throws what `pg` throws. */
export function createEvidenceReader(pool: Pool, types: readonly FactType[]): ReadEvidence {
  const statementFor = createStatements(types);

  async function readFew(keys: readonly EnterpriseKey[], fields: readonly LentField[]) {
    const { rows } = await pool.query({ ...statementFor(fields, "few"), values: parametersOf(keys) });
    return inOrder(rows as { position: number; facts: LentFactsText }[]).map(({ facts }) => facts);
  }

  async function readMany(keys: readonly EnterpriseKey[], fields: readonly LentField[]) {
    const { asOf, knownAt } = keys[0]!;
    const codes = keys.map(({ creditCode }) => creditCode).join();
    const { rows } = await pool.query({ ...statementFor(fields, "many"), values: [codes, asOf, knownAt] });
    const facts = new Map((rows as LentRow[]).map((row) => [row.credit_code, row.facts]));
    return keys.map(({ creditCode }) => facts.get(creditCode) ?? null);
  }

  return (keys, fields) =>
    keys.length > FEW_MAX && haveOneTime(keys) ? readMany(keys, fields) : readFew(keys, fields);
}

function haveOneTime([first, ...others]: readonly EnterpriseKey[]): boolean {
  return others.every(({ asOf, knownAt }) => asOf === first!.asOf && knownAt === first!.knownAt);
}
