/** What an import says while it runs: one line that changes on a terminal, a line now and then in a log. */
import type { Counts } from "./checkpoint";

const TERMINAL_MS = 200;
const LOG_MS = 10_000;

/** Counts in the words of the summary. */
export function describeCounts({ recorded, unchanged, corrected, rejected }: Counts): string {
  return `${recorded} recorded, ${unchanged} unchanged, ${corrected} corrected, ${rejected} rejected`;
}

/** Shows how an import gets on, on standard error. `end` leaves the line to what comes next. */
export function showProgress(label: string): {
  readonly update: (counts: Counts) => void;
  readonly note: (sentence: string) => void;
  readonly end: () => void;
} {
  const { isTTY } = process.stderr;
  const startedAt = performance.now();
  let shownAt = startedAt;
  const clear = (): void => {
    if (isTTY) process.stderr.write("\r\u001b[K");
  };
  return {
    update: (counts) => {
      const now = performance.now();
      if (now - shownAt < (isTTY ? TERMINAL_MS : LOG_MS)) return;
      shownAt = now;
      const rows = counts.recorded + counts.unchanged + counts.corrected + counts.rejected;
      clear();
      process.stderr.write(
        `${label}: ${rows} rows, ${describeCounts(counts)}, ${Math.round((now - startedAt) / 1000)} s${isTTY ? "" : "\n"}`,
      );
    },
    note: (sentence) => {
      clear();
      process.stderr.write(`${label}: ${sentence}\n`);
    },
    end: clear,
  };
}
