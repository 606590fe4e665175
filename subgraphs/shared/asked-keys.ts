/** The keys of a batch as SQL sees them, and what of the facts was known and had happened for each. */
import { createHash } from "node:crypto";
import type { FactType } from "../../schema/fact-catalogue";
import type { EnterpriseKey } from "./enterprise-key";
import { happenedOnSql } from "./fact-table";

/**
 * The keys of `parametersOf` as the rows `k` of SQL. As JSON, not as arrays: for `unnest` of a parameter the planner looks at
 * its length, prefers a plan for that very length to the prepared one, and so plans anew each time - which takes longer than
 * to run the plan.
 */
export const KEYS = `json_to_recordset($1) AS k(position int, credit_code text, as_of date, known_at timestamptz)`;

/** Which versions of a fact `f` are known for `k`. A null `known_at` reads as infinity: those that nothing has replaced. */
export const known = `f.credit_code = k.credit_code AND f.recorded_at <= coalesce(k.known_at, 'infinity')
  AND (f.superseded_at IS NULL OR f.superseded_at > coalesce(k.known_at, 'infinity'))`;

/** Whether a fact `f` had happened by the day of `k`. */
export const happened = (type: FactType): string =>
  `coalesce(${happenedOnSql(type)}, '-infinity') <= k.as_of`;

/** The parameter of `KEYS`. */
export const parametersOf = (keys: readonly EnterpriseKey[]): [string] => [
  JSON.stringify(
    keys.map(({ creditCode, asOf, knownAt }, position) => ({
      position,
      credit_code: creditCode,
      as_of: asOf,
      known_at: knownAt,
    })),
  ),
];

/** Rows in the order of the keys that they answer. */
export function inOrder<Row extends { readonly position: number }>(rows: readonly Row[]): readonly Row[] {
  const ordered = new Array<Row>(rows.length);
  for (const row of rows) ordered[row.position] = row;
  return ordered;
}

/** The name of a prepared statement that reads these fields. */
export const nameOf = (purpose: string, fields: readonly string[]): string =>
  `${purpose}-${createHash("sha256").update(fields.join()).digest("hex").slice(0, 16)}`;
