/** A transaction that records: every write of facts runs in one, takes its recorded time from it, and is published by it. */
import type { Pool, PoolClient, QueryConfig } from "pg";
import { publishChanges } from "./change-feed";
import { inTransaction, type WriteLimits } from "./database";

/** Limits of a write of one fact. */
export const SINGLE_WRITE: WriteLimits = { statementTimeoutMs: 1500, lockTimeoutMs: 1000 };
/** Limits of a batch of an import. */
export const BATCH_WRITE: WriteLimits = { statementTimeoutMs: 60_000, lockTimeoutMs: 15_000 };

// Every writer takes this row first. So recorded time follows the order of commits, also when the clock is set back,
// and two writers of one fact cannot pass each other.
const TICK = `UPDATE recording_clock
  SET recorded_at = greatest(recorded_at + interval '1 millisecond', $1::timestamptz(3)) RETURNING recorded_at`;

/** A statement under the limits of its write. */
export function statement(text: string, values: unknown[], limits: WriteLimits): QueryConfig {
  // The client waits a little longer than the server, so that the server's reason is the one that is seen.
  return { text, values, query_timeout: limits.statementTimeoutMs + 500 } as QueryConfig;
}

/** What a recording works with. */
export interface Recording {
  readonly client: PoolClient;
  /** The recorded time of the transaction (RFC 3339), later than that of every transaction before it. */
  readonly clock: string;
  /** To be called with the credit code of every fact that is written; these are published with the commit. */
  readonly markChanged: (creditCode: string) => void;
}

/** Runs `work` in a transaction that records. Durable when it returns; errors as `inTransaction`. */
export async function inRecording<Result>(
  pool: Pool,
  limits: WriteLimits,
  work: (recording: Recording) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, limits, async (client) => {
    const tick = await client.query(statement(TICK, [new Date().toISOString()], limits));
    const clock = (tick.rows[0].recorded_at as Date).toISOString();
    const changed = new Set<string>();
    const result = await work({ client, clock, markChanged: (creditCode) => void changed.add(creditCode) });
    await publishChanges(client, { changed, clock });
    return result;
  });
}
