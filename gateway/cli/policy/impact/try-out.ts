/** A population under two packs: slices go to worker threads as fast as these take them, counts come back at the end. */
import { availableParallelism } from "node:os";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Cell, createTally } from "../../../../subgraphs/joint/impact/tally";
import type { Slice, WorkerAnswer, WorkerMessage, WorkerTask } from "./worker";

/** Told after every slice: how many enterprises were judged so far, and who has been silent. */
export type ProgressListener = (enterprises: number, silent: ReadonlySet<string>) => void;

/** The counts of a whole population. */
export interface TriedOut {
  readonly cells: readonly Cell[];
  readonly enterprises: number;
  readonly silent: ReadonlySet<string>;
}

const WORKERS_MAX = 4;
/** While one slice is asked for, another is judged. */
const SLICES_EACH = 2;

interface Threads {
  /** Resolves when a thread has taken the slice. */
  readonly give: (slice: Slice) => Promise<void>;
  /** Resolves with the counts of all threads. */
  readonly end: () => Promise<readonly Cell[]>;
  readonly stop: () => void;
}

function startThreads(task: WorkerTask, hear: (answer: WorkerAnswer & { kind: "done" }) => void): Threads {
  const tally = createTally();
  const free: Worker[] = [];
  let failure: Error | undefined;
  let open = 0;
  let wakeUp: () => void = () => undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    wakeUp();
  };
  const listen = (worker: Worker) => (answer: WorkerAnswer) => {
    if (answer.kind === "fault") return fail(new Error(answer.message));
    if (answer.kind === "done") {
      free.push(worker);
      hear(answer);
    } else {
      for (const cell of answer.cells) tally.addCell(cell);
      open--;
    }
    wakeUp();
  };
  const workers = Array.from({ length: Math.min(availableParallelism(), WORKERS_MAX) }, () => {
    const worker = new Worker(join(__dirname, `worker${extname(__filename)}`), { workerData: task });
    return worker.on("message", listen(worker)).on("error", fail);
  });
  for (let nth = 0; nth < SLICES_EACH; nth++) free.push(...workers);
  const until = async (holds: () => boolean): Promise<void> => {
    while (!failure && !holds()) await new Promise<void>((resolve) => (wakeUp = resolve));
    if (failure) throw failure;
  };
  const post = (worker: Worker, message: WorkerMessage): void => worker.postMessage(message);
  return {
    async give(slice) {
      await until(() => free.length > 0);
      post(free.shift()!, slice);
    },
    async end() {
      await until(() => free.length === workers.length * SLICES_EACH);
      open = workers.length;
      for (const worker of workers) post(worker, "END");
      await until(() => open === 0);
      return tally.cells();
    },
    stop: () => workers.forEach((worker) => void worker.terminate()),
  };
}

/** Tries out both packs of the task on every slice. Throws the first fault that a thread meets; nothing is kept of it. */
export async function tryOut(
  slices: AsyncIterable<Slice> | Iterable<Slice>,
  task: WorkerTask,
  listen: ProgressListener,
): Promise<TriedOut> {
  const silent = new Set<string>();
  let enterprises = 0;
  const threads = startThreads(task, (done) => {
    enterprises += done.enterprises;
    for (const department of done.silent) silent.add(department);
    listen(enterprises, silent);
  });
  try {
    for await (const slice of slices) await threads.give(slice);
    return { cells: await threads.end(), enterprises, silent };
  } finally {
    threads.stop();
  }
}
