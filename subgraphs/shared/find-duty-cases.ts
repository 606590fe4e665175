/** Whom a department has on record over whom something may be due: one statement for entries and steps, one for each report. */
import type { Pool } from "pg";
import { HubError } from "../../schema/errors";
import { type FactType, findFactType } from "../../schema/fact-catalogue";
import type { DutyQuestion, ReportQuestion } from "./duty-question";
import { happenedOnSql, quoteColumn, quoteTable } from "./fact-table";
import { happenedFactsSql, knownFactsSql } from "./facts-on-a-day";

/** As things stood on `asOf`, as far as recorded at `knownAt` (null: by now). */
export interface CaseTime {
  readonly asOf: string;
  readonly knownAt: string | null;
}

const CASES = `SELECT c.credit_code FROM (
  SELECT f.credit_code ${happenedFactsSql("ListEntry")}
    AND f.published_on <= $2::date AND $2::date < coalesce(f.ended_on, 'infinity')
    AND $2::date < coalesce(f.valid_until, 'infinity')
    AND EXISTS (SELECT 1 FROM unnest($4::text[], $5::date[]) q(list, since)
      WHERE q.list = f.list AND f.published_on >= coalesce(q.since, '-infinity'))
  UNION
  SELECT s.credit_code FROM (
    SELECT DISTINCT ON (f.credit_code, f.list, f.procedure) f.credit_code, f.list, f.procedure::text AS procedure, f.step
      ${knownFactsSql("ProcedureStep")} AND f."on" <= $2::date AND f.list = ANY($6::text[])
      ORDER BY f.credit_code, f.list, f.procedure, f."on" DESC, f.id DESC) s
    JOIN unnest($6::text[], $7::text[], $8::text[]) q(list, procedure, last)
      ON q.list = s.list AND q.procedure = s.procedure AND q.last <> s.step
  ) c ORDER BY c.credit_code LIMIT $1::int`;

/** Credit codes in order, at most `max` of them. */
export async function findDutyCases(
  pool: Pool,
  { entries, procedures }: DutyQuestion,
  { asOf, knownAt, max }: CaseTime & { readonly max: number },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ credit_code: string }>(CASES, [
    max,
    asOf,
    knownAt,
    entries.map(({ list }) => list),
    entries.map(({ since }) => since),
    procedures.map(({ list }) => list),
    procedures.map(({ procedure }) => procedure),
    procedures.map(({ last }) => last),
  ]);
  return rows.map(({ credit_code }) => credit_code);
}

/** The enterprises that have not handed in a report, in the order of their codes: at most as many as were asked for. */
export interface MissingReports {
  readonly key: string;
  readonly creditCodes: readonly string[];
}

function typeOf(name: string): FactType {
  const type = findFactType(name);
  if (!type) throw new HubError("BAD_USER_INPUT", "question: it names a fact type that there is not.");
  return type;
}

// `$4` is the question as JSON. Names of fields come from the catalogue alone; values are compared as JSON, so each keeps its type.
function sameSql(type: FactType, part: "values" | "enrolled", values: ReportQuestion["values"]): string {
  return Object.keys(values)
    .map((name) => {
      if (!type.fields.some((field) => field.name === name))
        throw new HubError("BAD_USER_INPUT", `question: ${type.name} has no field of that name.`);
      return ` AND to_jsonb(f.${quoteColumn(name)}) = $4::jsonb #> '{${part},${name}}'`;
    })
    .join("");
}

const ofPlace = (name: string): string =>
  `(SELECT jsonb_array_elements_text($4::jsonb #> '{place,${name}}'))`;
const begunBySql = (typeName: string): string =>
  `coalesce(${happenedOnSql(typeOf(typeName))}, f.valid_from, '-infinity') <= ($4::jsonb ->> 'by')::date`;

// Positions 3 to 8 of a credit code are the division of the body that registered the enterprise.
const REGISTERED = `SELECT f.credit_code ${happenedFactsSql("EnterpriseRegistration")}
  AND $2::date < coalesce(f.valid_until, 'infinity') AND ${begunBySql("EnterpriseRegistration")}
  AND ($4::jsonb #> '{place,divisions}' = '[]' AND $4::jsonb #> '{place,districts}' = '[]'
    OR f.district IN ${ofPlace("districts")}
    OR EXISTS (SELECT 1 FROM ${ofPlace("divisions")} d(division) WHERE starts_with(substr(f.credit_code, 3), d.division)))
  AND ($4::jsonb #> '{place,sectors}' = '[]' OR f.sector IN ${ofPlace("sectors")})`;

// The type of the facts by which it is known who owes a report.
const enrollingType = ({ facts, enrolledBy }: ReportQuestion): FactType => typeOf(enrolledBy ?? facts);

function enrolledSql(type: FactType, enrolled: ReportQuestion["values"]): string {
  return `SELECT f.credit_code ${happenedFactsSql(type.name)} AND ${begunBySql(type.name)}${sameSql(type, "enrolled", enrolled)}`;
}

function missingReportsSql(question: ReportQuestion): string {
  const { facts, values, enrolled } = question;
  const type = typeOf(facts);
  const among = enrolled ? enrolledSql(enrollingType(question), enrolled) : REGISTERED;
  const isIn = `AND f.credit_code > $5::text AND f.credit_code <= coalesce($6::text, f.credit_code)`;
  return `SELECT r.credit_code FROM (SELECT DISTINCT a.credit_code FROM (${among} ${isIn}) a) r
    WHERE NOT EXISTS (SELECT 1 ${happenedFactsSql(type.name)}
      AND f.credit_code = r.credit_code${sameSql(type, "values", values)})
    ORDER BY r.credit_code LIMIT $1::int`;
}

// Behind every code that begins with a text: credit codes hold digits and capitals up to Y.
const behind = (beginning: string): string => `${beginning}Z`;

/** Codes from behind `after` up to `until`; null: to the last. */
interface Range {
  readonly after: string;
  readonly until: string | null;
}

const BEGINNINGS = `WITH RECURSIVE b(beginning) AS (
    SELECT left(min(credit_code), 2) FROM "enterprise_registration"
    UNION ALL SELECT (SELECT left(min(r.credit_code), 2) FROM "enterprise_registration" r
      WHERE r.credit_code > b.beginning || 'Z') FROM b WHERE b.beginning IS NOT NULL)
  SELECT beginning FROM b WHERE beginning IS NOT NULL`;

// Where only divisions make the place, the codes of all others need not be read: two characters stand before a division.
async function findRanges(pool: Pool, { enrolled, place }: ReportQuestion): Promise<readonly Range[]> {
  const { divisions, districts } = place;
  if (enrolled || divisions.length === 0 || districts.length > 0) return [{ after: "", until: null }];
  const { rows } = await pool.query<{ beginning: string }>(BEGINNINGS);
  return rows
    .flatMap(({ beginning }) => divisions.map((division) => beginning + division))
    .sort()
    .map((place) => ({ after: place, until: behind(place) }));
}

// Looked through in stretches of this many rows, so that the first of many are found without reading them all.
const STRETCH_ROWS = 20_000;

async function endOfStretch(pool: Pool, table: string, { after, until }: Range): Promise<string | null> {
  const { rows } = await pool.query<{ credit_code: string }>(
    `SELECT credit_code FROM ${table} WHERE credit_code > $1 AND credit_code <= coalesce($2, credit_code)
      ORDER BY credit_code OFFSET $3 LIMIT 1`,
    [after, until, STRETCH_ROWS],
  );
  return rows[0]?.credit_code ?? null;
}

/** Who has not handed in what a question is about, in the order of their codes. */
export async function findMissingReports(
  pool: Pool,
  question: ReportQuestion,
  { asOf, knownAt }: CaseTime,
): Promise<MissingReports> {
  const { enrolled } = question;
  const table = quoteTable(enrolled ? enrollingType(question) : typeOf("EnterpriseRegistration"));
  const text = missingReportsSql(question);
  const creditCodes: string[] = [];
  const behindPlace = question.after ?? "";
  for (const range of await findRanges(pool, question)) {
    let after: string | null = range.after > behindPlace ? range.after : behindPlace;
    while (after !== null && creditCodes.length < question.first) {
      const end = await endOfStretch(pool, table, { after, until: range.until });
      const values = [asOf, knownAt, JSON.stringify(question), after, end ?? range.until];
      const { rows } = await pool.query<{ credit_code: string }>(text, [
        question.first - creditCodes.length,
        ...values,
      ]);
      creditCodes.push(...rows.map(({ credit_code }) => credit_code));
      after = end;
    }
  }
  return { key: question.key, creditCodes };
}
