/** Taking a fact back: a new version with status WITHDRAWN and the reason; the withdrawn version stays on record. */
import type { Pool, PoolClient } from "pg";
import { v7 as uuidV7 } from "uuid";
import { HubError } from "../../schema/errors";
import type { FactType } from "../../schema/fact-catalogue";
import { toText } from "../../schema/values";
import { quoteColumn, quoteTable } from "./fact-table";
import { SINGLE_WRITE, inRecording, statement } from "./recording";
import { toFactId } from "./validate-fact";

/** Which fact is taken back, and why. */
export interface WithdrawalRequest {
  readonly type: FactType;
  /** The latest version of the fact. */
  readonly id: string;
  readonly reason: string;
}

/** A withdrawal that was recorded. `id` is the version that says so. */
export interface Withdrawal {
  readonly id: string;
  readonly withdrawn: string;
  readonly type: string;
  readonly creditCode: string;
  readonly withdrawnAt: string;
  readonly reason: string;
}

const REASON_LENGTH_MAX = 2000;

interface LatestVersion {
  readonly credit_code: string;
  readonly status: string;
  readonly status_reason: string | null;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
}

// The derived columns of a fact follow its content, which a withdrawal does not change: all columns are copied.
async function listColumns(client: PoolClient, type: FactType): Promise<readonly string[]> {
  const { fields } = await client.query(`SELECT * FROM ${quoteTable(type)} LIMIT 0`);
  return fields.map(({ name }) => name);
}

const REPLACED: Readonly<Record<string, string>> = {
  id: "$3",
  recorded_at: "$4",
  superseded_at: "NULL",
  status: "'WITHDRAWN'",
  status_reason: "$5",
  corrects: "f.id",
  content_digest: "sha256(f.content_digest || convert_to($5, 'UTF8'))",
};

async function replaceVersion(
  client: PoolClient,
  { type, id, reason }: WithdrawalRequest,
  version: { readonly creditCode: string; readonly id: string; readonly recordedAt: string },
): Promise<void> {
  const columns = await listColumns(client, type);
  const values = columns.map((column) => REPLACED[column] ?? `f."${column}"`);
  const table = quoteTable(type);
  await client.query(
    statement(
      `UPDATE ${table} SET superseded_at = $3 WHERE credit_code = $1 AND id = $2`,
      [version.creditCode, id, version.recordedAt],
      SINGLE_WRITE,
    ),
  );
  await client.query(
    statement(
      `INSERT INTO ${table} (${columns.map((column) => `"${column}"`).join(", ")})
        SELECT ${values.join(", ")} FROM ${table} f WHERE f.credit_code = $1 AND f.id = $2`,
      [version.creditCode, id, version.id, version.recordedAt, reason],
      SINGLE_WRITE,
    ),
  );
}

async function findVersion(client: PoolClient, { type, id }: WithdrawalRequest): Promise<LatestVersion> {
  const { rows } = await client.query(
    statement(
      `SELECT credit_code, status, status_reason, recorded_at, superseded_at
        FROM ${quoteTable(type)} WHERE ${quoteColumn("id")} = $1`,
      [id],
      SINGLE_WRITE,
    ),
  );
  if (rows[0]) return rows[0] as LatestVersion;
  throw new HubError("NOT_FOUND", `There is no ${type.name} with this id.`);
}

/**
 * Withdraws a fact. HubError NOT_FOUND when no fact of the type has the id, CONFLICT when the version is no longer the
 * latest or the fact is withdrawn already, BAD_USER_INPUT for an empty reason.
 */
export async function withdrawFact(pool: Pool, request: WithdrawalRequest): Promise<Withdrawal> {
  const id = toFactId(request.id);
  const reason = toText(request.reason, REASON_LENGTH_MAX);
  if (reason === "") throw new HubError("BAD_USER_INPUT", "reason: a withdrawal says why.");
  return inRecording(pool, SINGLE_WRITE, async ({ client, clock, markChanged }) => {
    const latest = await findVersion(client, { ...request, id });
    if (latest.superseded_at)
      throw new HubError("CONFLICT", "id: this version has been replaced since; withdraw the latest one.");
    if (latest.status === "WITHDRAWN") throw new HubError("CONFLICT", "This fact is withdrawn already.");
    const afterLatest = new Date(latest.recorded_at.getTime() + 1).toISOString();
    const recordedAt = clock > afterLatest ? clock : afterLatest;
    const version = { creditCode: latest.credit_code, id: uuidV7(), recordedAt };
    await replaceVersion(client, { ...request, id, reason }, version);
    markChanged(version.creditCode);
    return {
      id: version.id,
      withdrawn: id,
      type: request.type.name,
      creditCode: version.creditCode,
      withdrawnAt: recordedAt,
      reason,
    };
  });
}
