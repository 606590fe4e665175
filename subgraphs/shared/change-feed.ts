/**
 * The feed of changed enterprises that a department publishes, so that whoever keeps copies of its answers knows when
 * they end. The outbox is written in the transaction that changes the facts; recordings follow one another, so the
 * recorded time of the last one says that every change up to it is there. LISTEN and NOTIFY only wake who waits.
 */
import { Client, type Pool, type PoolClient } from "pg";
import type { Logger } from "pino";
import type { ChangePage } from "../../schema/change-page";

/** A department's feed, read over HTTP by the gateway. */
export interface ChangeFeed {
  readonly read: (after: number | null, waitMs: number) => Promise<ChangePage>;
  readonly close: () => Promise<void>;
}

const CHANNEL = "changed_enterprise";
/** A recording of more enterprises than this is published as "anything may have changed". */
const PUBLISHED_ONE_BY_ONE_MAX = 2_000;
const KEPT_MINUTES = 10;
const TRIM_EVERY_MS = 60_000;
const LISTEN_RETRY_MS = 1_000;

/** Publishes, in the recording's own transaction, which enterprises it changed. */
export async function publishChanges(
  client: PoolClient,
  { changed, clock }: { readonly changed: ReadonlySet<string>; readonly clock: string },
): Promise<void> {
  if (changed.size === 0) return;
  if (changed.size > PUBLISHED_ONE_BY_ONE_MAX)
    await client.query(`UPDATE recording_clock SET changes_kept_since = $1`, [clock]);
  else
    await client.query(
      `INSERT INTO changed_enterprise (credit_code, recorded_at) SELECT unnest($1::text[]), $2::timestamptz`,
      [[...changed], clock],
    );
  await client.query(`SELECT pg_notify('${CHANNEL}', '')`);
}

// One statement, one snapshot: the clock's time and the changes up to it cannot disagree. The time line tells a database
// that was restored to a moment from the one that went on.
const READ_PAGE = {
  name: "read-changes",
  text: `SELECT
      epoch || '/' || (SELECT timeline_id FROM pg_control_checkpoint()) AS epoch,
      (extract(epoch FROM greatest(recorded_at, 'epoch')) * 1000)::float8 AS position,
      $1::float8 >= (extract(epoch FROM greatest(changes_kept_since, 'epoch')) * 1000)::float8 AS reaches_back,
      ARRAY(SELECT DISTINCT credit_code FROM changed_enterprise
        WHERE recorded_at > to_timestamp($1::float8 / 1000)) AS changed
    FROM recording_clock`,
};

async function readPage(pool: Pool, after: number | null): Promise<ChangePage> {
  const { rows } = await pool.query({ ...READ_PAGE, values: [after] });
  const { epoch, position, reaches_back: reachesBack, changed } = rows[0];
  return { epoch, position, after: reachesBack ? after : null, changed: reachesBack ? changed : [] };
}

async function trim(pool: Pool): Promise<void> {
  await pool.query(`WITH kept AS (
      UPDATE recording_clock
      SET changes_kept_since = greatest(changes_kept_since, recorded_at - interval '${KEPT_MINUTES} minutes')
      RETURNING changes_kept_since)
    DELETE FROM changed_enterprise USING kept WHERE recorded_at <= changes_kept_since`);
}

/** Calls `wake` whenever a recording has been committed, as far as the connection lives; returns its end. */
function listen(pool: Pool, wake: () => void, log: Logger): () => Promise<void> {
  let client: Client | undefined;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new Client({
      connectionString: pool.options.connectionString,
      connectionTimeoutMillis: 2_000,
    });
    const reconnect = (): void => {
      if (isClosed || client !== fresh) return;
      client = undefined;
      retry = setTimeout(() => void connect(), LISTEN_RETRY_MS);
    };
    client = fresh;
    fresh.on("error", reconnect);
    fresh.on("end", reconnect);
    fresh.on("notification", wake);
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      log.debug({ err: error }, "changes cannot be listened for");
      reconnect();
    }
  }

  void connect();
  return async () => {
    isClosed = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
}

/** Opens the feed of a department's database. Reading fails when the database cannot be asked. */
export function openChangeFeed(pool: Pool, log: Logger): ChangeFeed {
  const waiting = new Set<() => void>();
  const wakeAll = (): void => waiting.forEach((wake) => wake());
  const stopListening = listen(pool, wakeAll, log);
  const trimming = setInterval(() => void trim(pool).catch(() => undefined), TRIM_EVERY_MS).unref();

  const wakeUp = (waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, waitMs);
      waiting.add(wake);
    });

  return {
    async read(after, waitMs) {
      const woken = waitMs > 0 ? wakeUp(waitMs) : undefined;
      const page = await readPage(pool, after);
      const hasNews = page.after === null || page.position > page.after;
      if (hasNews || !woken) return page;
      await woken;
      return readPage(pool, after);
    },
    async close() {
      clearInterval(trimming);
      wakeAll();
      await stopListening();
    },
  };
}
