/** The connection of a subgraph to its database: bounded in number, in waiting and in time. */
import { Pool, type PoolClient, type PoolConfig } from "pg";
import { HubError } from "../../schema/errors";

// Timeouts nest: subgraph 2 s > what the client waits for > statement 1.5 s > lock 1 s.
const READ_TIMEOUT_MS = 1800;
const STATEMENT_TIMEOUT_MS = 1500;
const LOCK_TIMEOUT_MS = 1000;
const CONNECTION_WAIT_MAX_MS = 500;
const CONNECTIONS_MAX = 10;
// Record and evidence of one question are two statements at once.
const CONNECTIONS_KEPT = 2;
const ATTEMPTS_MAX = 3;

// Connection lost, refused or shut down; resources exhausted; cancelled by a timeout; read-only or starting up.
const UNAVAILABLE_STATES = /^(08|53|57|58)|^(25006|55P03|40001|40P01)$/;
const RETRYABLE_STATES = new Set(["40001", "40P01"]);
const UNAVAILABLE_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);
const UNAVAILABLE_MESSAGES =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|not queryable|pool after calling end/i;

/**
 * Opens the pool. No connection is made yet, so a dead database does not stop the start. A caller waits at most 500 ms
 * for a connection, a statement runs at most 1.5 s and waits at most 1 s for a lock. Two connections are never given up:
 * a busy server may take longer to open one than a caller waits.
 */
export function openPool(databaseUrl: string, { max = CONNECTIONS_MAX }: Pick<PoolConfig, "max"> = {}): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    min: Math.min(max, CONNECTIONS_KEPT),
    connectionTimeoutMillis: CONNECTION_WAIT_MAX_MS,
    query_timeout: READ_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    // Compiling a statement to machine code takes longer than any of ours runs.
    options: "-c timezone=UTC -c synchronous_commit=on -c jit=off",
  });
  // A connection that breaks while idle, or after a query on it was given up, is replaced by the pool; the query that
  // was under way hears of it. Without these listeners it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Opens the connections that a pool keeps, as far as the database can be reached, so that no question waits for them. */
export async function openKeptConnections(pool: Pool): Promise<void> {
  await Promise.allSettled(Array.from({ length: CONNECTIONS_KEPT }, () => pool.query("SELECT 1")));
}

/** Whether an error means that the database cannot be asked now (gone, exhausted, too slow), not that we asked wrongly. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  if (code && (UNAVAILABLE_STATES.test(code) || UNAVAILABLE_CODES.has(code))) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  return UNAVAILABLE_MESSAGES.test(error.message);
}

/** How long a write may take. */
export interface WriteLimits {
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
}

async function attempt<Result>(
  pool: Pool,
  limits: WriteLimits,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(
      `BEGIN; SET LOCAL statement_timeout = ${limits.statementTimeoutMs}; SET LOCAL lock_timeout = ${limits.lockTimeoutMs}`,
    );
    const result = await work(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // A client in an unknown state is thrown away; the server rolls back when the connection closes.
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

/**
 * Runs `work` in one transaction that is durable when this returns. A deadlock or a serialization failure is tried
 * again, three times in all; a database that cannot be asked, or a lock that is not had in time, is HubError
 * SERVICE_UNAVAILABLE.
 */
export async function inTransaction<Result>(
  pool: Pool,
  limits: WriteLimits,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attemptsLeft = ATTEMPTS_MAX - 1; ; attemptsLeft--) {
    try {
      return await attempt(pool, limits, work);
    } catch (error) {
      const isRetryable = RETRYABLE_STATES.has((error as { code?: string }).code ?? "");
      if (isRetryable && attemptsLeft > 0) continue;
      if (!isUnavailable(error)) throw error;
      throw new HubError(
        "SERVICE_UNAVAILABLE",
        "The department's database cannot be written now; try again.",
      );
    }
  }
}
