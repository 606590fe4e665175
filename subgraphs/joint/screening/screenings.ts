/** The desk of screenings: starts them, tells how far they have come, cancels them. Workers answer them elsewhere. */
import { type WorkerUtils, makeWorkerUtils } from "graphile-worker";
import type { Pool } from "pg";
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

  return {
    find: store.find,
    async start(question, population, requestedBy) {
      opening ??= openQueue();
      const queue = await opening.catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      const id = await store.create(question, requestedBy);
      if (population === "ALL") await queue.addJob(PLAN_SCREENING, { screening: id }, { jobKey: id });
      else {
        await store.plan(id, sliceCodes(population));
        await queueSlices(store, id, queue.addJobs);
        await store.finish(id);
      }
      return (await store.find(id))!;
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
