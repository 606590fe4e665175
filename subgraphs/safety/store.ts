/** The SQL that only this department has: finding enterprises by name. All other reads follow from the fact catalogue. */
import type { Pool } from "pg";
import { pairsOf } from "./search/name-columns";

/** Where a hit stands: its rank (0: the name or code begins with the text; 1: it holds it), then its reversed code. */
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

interface Condition {
  readonly sql: string;
  /** What `$4` and `$5` stand for. */
  readonly values: readonly unknown[];
}

interface RankedSearch {
  readonly conditions: readonly string[];
  readonly values: readonly unknown[];
  readonly limit: number;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

const reverse = (text: string): string => [...text].reverse().join("");

// Names as known now; a name that the department took back finds nothing.
const current = (alias: string): string =>
  `${alias}.superseded_at IS NULL AND ${alias}.status <> 'WITHDRAWN'`;

// By the code itself the enterprises of one district stand together, and hits in the last district would be looked for
// in all districts before it. By the reversed code they are spread.
const reversed = "reverse(r.credit_code)";

// Names differ in their beginnings and end alike (有限公司): what comes later makes the index read much and rule out little.
const INDEXED_CHARACTERS_MAX = 16;

// A text that one name in forty holds is found among the next names soonest by reading them.
const NAMES_WALKED = 500;
const walk = (condition: string): string => `
  SELECT DISTINCT ${reversed} AS reversed
  FROM (SELECT * FROM enterprise_registration r WHERE ${current("r")} AND ${reversed} > $1
    ORDER BY ${reversed} LIMIT ${NAMES_WALKED}) r
  WHERE ${condition} ORDER BY reversed LIMIT $2`;

// A rarer one is found by the indexes. `OFFSET 0` keeps the planner, which takes the parts of a name for independent and
// so errs about how common a text is, from walking on.
const lookUp = (conditions: readonly string[]): string => `
  SELECT DISTINCT reversed FROM (${conditions
    .map(
      (condition) => `SELECT ${reversed} AS reversed FROM enterprise_registration r
        WHERE ${current("r")} AND ${condition}`,
    )
    .join(" UNION ALL ")} OFFSET 0) h
  WHERE reversed > $1 ORDER BY reversed LIMIT $2`;

// `OFFSET 0` keeps this a look-up for each hit; as a join it would read every name that begins with the text.
const noneBegins = (begins: string): string => `NOT EXISTS (
  SELECT FROM enterprise_registration o
  WHERE o.credit_code = r.credit_code AND ${current("o")} AND (${begins}) OFFSET 0)`;

const beginsConditions = (alias: string, text: string): readonly string[] => [
  `${alias}.name_folded LIKE $3`,
  ...(/^[0-9a-z]+$/.test(text) ? [`${alias}.credit_code LIKE upper($3)`] : []),
];

// Two characters are a pair of neighbours. Three Latin letters and more are part of the pinyin or the initials, which
// trigrams find. Anything else is part of the name, found by its pairs.
function holdsCondition(text: string): Condition {
  const characters = [...text];
  if (characters.length === 2) return { sql: "r.name_pairs @> ARRAY[$4]", values: [text] };
  const indexed = characters.slice(0, INDEXED_CHARACTERS_MAX).join("");
  if (/^[\x21-\x7e]+$/.test(text))
    return {
      sql: "r.name_sounds LIKE $4 AND strpos(r.name_sounds, $5) > 0",
      values: [`%${escapeLike(indexed)}%`, text],
    };
  return {
    sql: "r.name_pairs @> $4::text[] AND strpos(r.name_folded, $5) > 0",
    values: [pairsOf(indexed), text],
  };
}

async function findHits(
  pool: Pool,
  conditions: readonly string[],
  { values, hitsMax }: { readonly values: readonly unknown[]; readonly hitsMax: number },
): Promise<readonly string[]> {
  const walked = await pool.query(walk(`(${conditions.join(" OR ")})`), [...values]);
  const { rows } =
    walked.rows.length === hitsMax ? walked : await pool.query(lookUp(conditions), [...values]);
  return rows.map((row) => reverse(row.reversed as string));
}

/**
 * The enterprises whose code or name begins with the text, then those whose name, pinyin or initials hold it. Unnamed
 * statements on purpose: the right plan depends on the text, so each is planned with its values.
 */
export async function searchEnterprises(
  pool: Pool,
  { text, after, hitsMax }: SearchRequest,
): Promise<readonly SearchPosition[]> {
  const beginning = `${escapeLike(text)}%`;
  const find = async (rank: number, { conditions, values, limit }: RankedSearch) => {
    const from = after?.rank === rank ? reverse(after.creditCode) : "";
    const codes = await findHits(pool, conditions, {
      values: [from, limit, beginning, ...values],
      hitsMax: limit,
    });
    return codes.map((creditCode) => ({ rank, creditCode }));
  };
  const begins = { conditions: beginsConditions("r", text), values: [], limit: hitsMax };
  const first = after?.rank === 1 ? [] : await find(0, begins);
  if (first.length === hitsMax) return first;
  const holds = holdsCondition(text);
  const conditions = [`${holds.sql} AND ${noneBegins(beginsConditions("o", text).join(" OR "))}`];
  const rest = await find(1, { conditions, values: holds.values, limit: hitsMax - first.length });
  return [...first, ...rest];
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
