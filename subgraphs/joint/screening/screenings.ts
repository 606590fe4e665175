/** The desk of screenings: starts them, tells how far they have come, cancels them. Workers answer them elsewhere. */
import { type WorkerUtils, makeWorkerUtils } from "graphile-worker";
import type { Pool } from "pg";
import { readScreeningPage, type ResultsPage, type ScreeningReceipt } from "./results";
import { type Screening, type ScreeningQuestion, sliceCodes } from "./screening";
import { createScreeningStore } from "./store";
import { PLAN_SCREENING, queueSlices } from "./tasks";

/** Whom a screening is about: these, or everybody who is registered. */
export type ScreenedPopulation = readonly string[] | "ALL";

/** The desk. */
export interface Screenings {
  readonly start: (
    question: ScreeningQuestion,
    population: ScreenedPopulation,
    requestedBy: string,
  ) => Promise<Screening>;
  readonly find: (id: string) => Promise<Screening | undefined>;
  /** What has been answered so far, by the page. */
  readonly readPage: (id: string, page: ResultsPage) => Promise<readonly ScreeningReceipt[]>;
  /** Has the slices that are still open answered now, also those that wait after a failure. */
  readonly resume: (id: string) => Promise<void>;
  /** The screening after it was cancelled; one that had ended stays as it is. */
  readonly cancel: (id: string) => Promise<Screening | undefined>;
  readonly close: () => Promise<void>;
}

/** Opens the desk over `joint`'s database. The queue's own tables are made when it is first used. */
export function openScreenings(pool: Pool): Screenings {
  const store = createScreeningStore(pool);
  let opening: Promise<WorkerUtils> | undefined;

  async function openQueue(): Promise<WorkerUtils> {
    const queue = await makeWorkerUtils({ connectionString: pool.options.connectionString!, maxPoolSize: 1 });
    await queue.migrate();
    return queue;
  }

  async function readQueue(): Promise<WorkerUtils> {
    opening ??= openQueue();
    return opening.catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
  }

  // A job that is in the queue already, perhaps waiting after a failure, is put in its first place.
  async function enqueue(id: string, queue: WorkerUtils): Promise<void> {
    if (!(await store.isPlanned(id))) {
      await queue.addJob(PLAN_SCREENING, { screening: id }, { jobKey: id });
      return;
    }
    await queueSlices(store, id, queue.addJobs);
    await store.finish(id);
  }

  return {
    find: store.find,
    readPage: (id, page) => readScreeningPage(pool, id, page),
    async start(question, population, requestedBy) {
      const queue = await readQueue();
      const id = await store.create(question, requestedBy);
      if (population !== "ALL") await store.plan(id, sliceCodes(population));
      await enqueue(id, queue);
      return (await store.find(id))!;
    },
    async resume(id) {
      await enqueue(id, await readQueue());
    },
    async cancel(id) {
      await store.cancel(id);
      return store.find(id);
    },
    async close() {
      await opening?.then((queue) => queue.release()).catch(() => undefined);
    },
  };
}
