/** Runs the graph of fetches of one operation: each starts when the last fetch that it waits for has been merged. */
import { compileEntityFetch, type ReaderOf } from "./entity-fetch";
import type { PlannedFetch } from "./compile-plan";
import type { FetchSetting, StartFetch } from "./fetch";
import { compileRootFetch } from "./root-fetch";
import { recordFailure, type Run } from "./run";

/** Runs all fetches. Resolves when nothing is left to wait for; what fails is recorded in the run. */
export type RunFetches = (run: Run) => Promise<void>;

/** Compiles the fetches of a plan. */
export function compileFetches(
  planned: readonly PlannedFetch[],
  setting: FetchSetting,
  readerOf: ReaderOf,
): RunFetches {
  const starts = planned.map((fetch) =>
    fetch.lookups.length > 0
      ? compileEntityFetch(fetch, setting, readerOf)
      : compileRootFetch(fetch, setting),
  );
  const [only] = starts;
  if (!only) return async () => {};
  const waitsFor = planned.map(({ dependsOn }) => dependsOn.length);
  const dependents = planned.map(({ index }) =>
    planned.filter(({ dependsOn }) => dependsOn.includes(index)).map((dependent) => dependent.index),
  );
  return (run) =>
    new Promise((resolve) => {
      const waiting = [...waitsFor];
      let open = starts.length;
      const finish = (index: number): void => {
        open--;
        for (const dependent of dependents[index]!) if (--waiting[dependent]! === 0) start(dependent);
        if (open === 0) resolve();
      };
      const start = (index: number): void => {
        const started = startSafely(starts[index]!, planned[index]!, run);
        if (started) started.then(() => finish(index));
        else finish(index);
      };
      waitsFor.forEach((count, index) => count === 0 && start(index));
    });
}

/** A fetch that throws is a defect of the engine: it must not hang the operation, and its fields are errors. */
function startSafely(start: StartFetch, planned: PlannedFetch, run: Run): Promise<void> | undefined {
  const fail = (): void =>
    recordFailure(run, run.data, {
      keys: planned.selected,
      message: "The gateway failed to merge an answer.",
      extensions: { code: "INTERNAL_SERVER_ERROR", service: planned.node.serviceName },
      path: [],
      reported: false,
      shown: false,
    });
  try {
    return start(run)?.catch(fail);
  } catch {
    fail();
    return undefined;
  }
}
