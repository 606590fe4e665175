/** What has been started, stopped in the reverse order. */

/** Takes what stops each part as it is started. */
export interface Closers {
  readonly add: (close: () => Promise<void> | void) => void;
  /** Stops everything, the last first; goes on when one fails and throws the first failure at the end. */
  readonly closeAll: () => Promise<void>;
}

export function createClosers(): Closers {
  const closers: (() => Promise<void> | void)[] = [];
  let closing: Promise<void> | undefined;
  const closeEach = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let close = closers.pop(); close; close = closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  return { add: (close) => closers.push(close), closeAll: () => (closing ??= closeEach()) };
}
