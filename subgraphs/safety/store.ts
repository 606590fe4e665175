/** The SQL that only this department has: finding enterprises by name, and all of them. All other reads follow from the fact catalogue. */
import type { Pool } from "pg";

/** Where a page of hits ended: the rank of its last hit (0: the name or code begins so; 1: it holds it), and its code. */
export interface SearchPosition {
  readonly rank: number;
  readonly creditCode: string;
}

/** What is looked for: a folded text of at least two characters. */
export interface SearchRequest {
  readonly text: string;
  readonly after: SearchPosition | undefined;
  readonly hitsMax: number;
}

const PREFIX_LENGTH = 64;

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

// Names as known now; a name that the department took back finds nothing.
const current = (alias: string): string =>
  `${alias}.superseded_at IS NULL AND ${alias}.status <> 'WITHDRAWN'`;

const begins = (alias: string): string =>
  `(left(${alias}.name_search, ${PREFIX_LENGTH}) LIKE $1 OR ${alias}.credit_code LIKE $2)`;

// Two characters are a pair of neighbours; from three on the trigrams of the whole text are narrower.
const holds = (text: string): string =>
  [...text].length === 2 ? "r.name_grams @> ARRAY[$3]" : "r.name_search LIKE $3";

const hits = (rank: number, condition: string): string => `(
  SELECT ${rank} AS rank, r.credit_code FROM enterprise_registration r
  WHERE ${current("r")} AND ${condition} AND (${rank} > $4::int OR ${rank} = $4::int AND r.credit_code > $5)
  GROUP BY r.credit_code ORDER BY r.credit_code LIMIT $6)`;

const searchSql = (text: string): string => `
  ${hits(0, begins("r"))}
  UNION ALL
  ${hits(
    1,
    `${holds(text)} AND NOT EXISTS (SELECT FROM enterprise_registration o
      WHERE o.credit_code = r.credit_code AND ${current("o")} AND ${begins("o")})`,
  )}
  ORDER BY rank, credit_code LIMIT $6`;

/**
 * The credit codes of enterprises whose code, name, pinyin or initials begin with the text, then those that hold it.
 * Unnamed statements on purpose: the right plan depends on how common the text is, so each is planned with its values.
 */
export async function searchEnterprises(
  pool: Pool,
  { text, after, hitsMax }: SearchRequest,
): Promise<readonly SearchPosition[]> {
  const isPair = [...text].length === 2;
  const { rows } = await pool.query(searchSql(text), [
    `${escapeLike([...text].slice(0, PREFIX_LENGTH).join(""))}%`,
    `${escapeLike(text.toUpperCase())}%`,
    isPair ? text : `%${escapeLike(text)}%`,
    after?.rank ?? 0,
    after?.creditCode ?? "",
    hitsMax,
  ]);
  return rows.map((row) => ({ rank: row.rank as number, creditCode: row.credit_code as string }));
}

const REGISTERED = {
  name: "safety-registered-codes",
  text: `SELECT DISTINCT r.credit_code FROM enterprise_registration r
    WHERE ${current("r")} AND r.credit_code > $1 ORDER BY r.credit_code LIMIT $2`,
};

/** Credit codes of registered enterprises behind `after`, ascending. */
export async function listRegisteredCodes(
  pool: Pool,
  { after, codesMax }: { readonly after: string; readonly codesMax: number },
): Promise<readonly string[]> {
  const { rows } = await pool.query({ ...REGISTERED, values: [after, codesMax] });
  return rows.map((row) => row.credit_code as string);
}
