/** The facts of a type as a statement about many enterprises reads them: `$2` is the day, `$3` the moment of knowledge (null: now). */
import { type FactType, findFactType } from "../../schema/fact-catalogue";
import { happenedOnSql, quoteTable } from "./fact-table";

/** A type of the fact catalogue. Throws for a name that it does not have. */
export function requireFactType(name: string): FactType {
  const type = findFactType(name);
  if (!type) throw new Error(`${name} is not in the fact catalogue`);
  return type;
}

/** The end of a statement, from FROM: facts `f` known at `$3` and not taken back. More conditions may follow with AND. */
export const knownFactsSql = (typeName: string): string => `FROM ${quoteTable(requireFactType(typeName))} f
  WHERE f.status <> 'WITHDRAWN' AND f.recorded_at <= coalesce($3::timestamptz, 'infinity')
    AND (f.superseded_at IS NULL OR f.superseded_at > coalesce($3::timestamptz, 'infinity'))`;

/** The same, of those that had happened and taken effect by `$2`. */
export const happenedFactsSql = (typeName: string): string => `${knownFactsSql(typeName)}
    AND coalesce(${happenedOnSql(requireFactType(typeName))}, '-infinity') <= $2::date
    AND coalesce(f.valid_from, '-infinity') <= $2::date`;
