/** The versions of facts that are on record, as far as deciding about new rows needs them. */
import type { PoolClient } from "pg";
import type { WriteLimits } from "./database";
import type { FactVersion } from "./decide-fact";
import { quoteTable } from "./fact-table";
import { statement } from "./recording";
import type { ValidFact } from "./validate-fact";

/** What makes two rows one fact, within a type. */
export const keyOf = ({ creditCode, documentNumber }: ValidFact): string => `${creditCode} ${documentNumber}`;

/** All versions of facts of one type, by `keyOf`, the oldest first. */
export async function readVersions(
  client: PoolClient,
  given: readonly ValidFact[],
  limits: WriteLimits,
): Promise<Map<string, FactVersion[]>> {
  const keys = new Map(given.map((fact) => [keyOf(fact), fact]));
  const facts = [...keys.values()];
  const { rows } = await client.query(
    statement(
      `SELECT f.credit_code, f.document_number, f.id, encode(f.content_digest, 'hex') AS digest, f.recorded_at,
          f.superseded_at IS NULL AS latest, f.corrects IS NOT NULL AS correction
        FROM ${quoteTable(facts[0]!.type)} f
        JOIN unnest($1::text[], $2::text[]) AS k(credit_code, document_number) USING (credit_code, document_number)
        ORDER BY f.recorded_at`,
      [facts.map((fact) => fact.creditCode), facts.map((fact) => fact.documentNumber)],
      limits,
    ),
  );
  const versions = new Map<string, FactVersion[]>([...keys.keys()].map((key) => [key, []]));
  for (const row of rows) {
    const { id, digest, latest, correction } = row;
    const recordedAt = (row.recorded_at as Date).toISOString();
    versions
      .get(`${row.credit_code} ${row.document_number}`)!
      .push({ id, digest, recordedAt, latest, correction });
  }
  return versions;
}
