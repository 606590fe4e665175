/** How the facts of a type lie in its table: names of table and columns, and how SQL writes a row as JSON. */
import type { FactField, FactType } from "../../schema/fact-catalogue";

/** `aboveDesignatedSize` -> `above_designated_size`; `TaxArrears` -> `tax_arrears`. */
export function toSnakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();
}

/** A column in double quotes: `on`, `from` and `class` are words of SQL. */
export function quoteColumn(fieldName: string): string {
  return `"${toSnakeCase(fieldName)}"`;
}

/** The table of a fact type, in double quotes. */
export function quoteTable(type: FactType): string {
  return `"${toSnakeCase(type.name)}"`;
}

/** The day on which the matter happened, as SQL over the alias `f`; null when the fact gives none. */
export function happenedOnSql(type: FactType): string {
  return type.happenedOn ? `coalesce(f.occurred_on, f.${quoteColumn(type.happenedOn)})` : "f.occurred_on";
}

const instantSql = (column: string): string =>
  `to_char(f.${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

// Exact decimals leave the database as texts; a JSON number would become a double on the way.
function ownFieldSql({ name, kind }: FactField): string {
  const column = `f.${quoteColumn(name)}`;
  if (kind === "MONEY") return `${column}::text`;
  if (kind === "RATE") return `trim_scale(${column})::text`;
  return column;
}

const ownPairs = (type: FactType): string[] =>
  type.fields.map((field) => `'${field.name}', ${ownFieldSql(field)}`);

const identityPairs = [
  `'id', f.id`,
  `'documentNumber', nullif(f.document_number, '')`,
  `'occurredOn', f.occurred_on`,
  `'validFrom', f.valid_from`,
  `'validUntil', f.valid_until`,
  `'status', f.status`,
];

const commonPairs = [
  ...identityPairs,
  `'creditCode', f.credit_code`,
  `'authority', f.authority`,
  `'recordedAt', ${instantSql("recorded_at")}`,
  `'supersededAt', ${instantSql("superseded_at")}`,
  `'disclosure', f.disclosure`,
  `'statusReason', f.status_reason`,
  `'corrects', f.corrects`,
];

/** SQL over the alias `f` for the fact as its GraphQL type shows it. */
export function factJsonSql(type: FactType): string {
  return `json_build_object(${[...commonPairs, ...ownPairs(type)].join(", ")})`;
}

/** The fields of `EvidenceFact`. */
export const LENT_FIELDS = [
  "id",
  "type",
  "documentNumber",
  "occurredOn",
  "validFrom",
  "validUntil",
  "status",
  "values",
] as const;
/** A field of `EvidenceFact`. */
export type LentField = (typeof LENT_FIELDS)[number];

/** SQL of a JSON object from its members. */
type WriteJson = (pairs: readonly (readonly [name: string, expression: string])[]) => string;

const asFunction: WriteJson = (pairs) =>
  `json_build_object(${pairs.map(([name, expression]) => `'${name}', ${expression}`).join(", ")})`;
const asRow: WriteJson = (pairs) =>
  `(SELECT row_to_json(r) FROM (SELECT ${pairs.map(([name, expression]) => `${expression} AS "${name}"`).join(", ")}) r)`;

const lentExpressions = (type: FactType, write: WriteJson): Readonly<Record<LentField, string>> => ({
  id: "f.id",
  type: `'${type.name}'`,
  documentNumber: "nullif(f.document_number, '')",
  occurredOn: "f.occurred_on",
  validFrom: "f.valid_from",
  validUntil: "f.valid_until",
  status: "f.status",
  values: write(type.fields.map((field) => [field.name, ownFieldSql(field)])),
});

/**
 * SQL over the alias `f` for fields of the fact as it is lent, as JSON. `many` costs half as much a fact
 * (`json_build_object` looks up the type of every argument of every fact), and more to set up.
 */
export function lentJsonSql(type: FactType, fields: readonly LentField[], rows: "few" | "many"): string {
  const write = rows === "few" ? asFunction : asRow;
  const expressions = lentExpressions(type, write);
  return write(fields.map((field) => [field, expressions[field]]));
}
