/** A worker of screenings: takes jobs from the queue in `joint`'s database and answers them. Run as many as needed. */
import { Logger, run } from "graphile-worker";
import { Pool } from "pg";
import type { Logger as Log } from "pino";
import type { AskGraph } from "../../../subgraphs/joint/screening/screening";
import { createScreeningStore } from "../../../subgraphs/joint/screening/store";
import { screeningTasks } from "../../../subgraphs/joint/screening/tasks";

/** A worker that works until it is closed; the jobs in hand are finished first. */
export interface ScreeningWorker {
  readonly close: () => Promise<void>;
}

const POLL_MS = 1_000;

function logTo(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error") log.error(message);
    else if (level === "warning") log.warn(message);
  });
}

/** Starts a worker that has up to `concurrency` slices in hand at once. */
export async function startScreeningWorker(
  { databaseUrl, ask, log }: { readonly databaseUrl: string; readonly ask: AskGraph; readonly log: Log },
  concurrency: number,
): Promise<ScreeningWorker> {
  const pool = new Pool({ connectionString: databaseUrl, max: concurrency + 1 });
  pool.on("error", (error) => log.warn({ err: error }, "the queue's database is away"));
  const runner = await run({
    connectionString: databaseUrl,
    maxPoolSize: concurrency + 2,
    taskList: screeningTasks(createScreeningStore(pool), ask),
    concurrency,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: logTo(log),
  });
  return {
    close: async () => {
      await runner.stop();
      await pool.end();
    },
  };
}
