/** Work on the same thing, one after the other: what comes second sees what the first has done. */

const turns = new Map<string, Promise<unknown>>();

/** Runs `work` when all earlier work under the same key has ended, well or badly. Within this process only. */
export async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
}
