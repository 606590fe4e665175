/** Whether a data folder was started before: the demonstration is recorded once, and not again after it was removed. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const markOf = (dataDir: string): string => join(dataDir, "first-start.json");

/** Whether nothing has marked the folder yet. */
export function isFirstStart(dataDir: string): boolean {
  return !existsSync(markOf(dataDir));
}

/** Marks the folder; `about` is for whoever looks into it. */
export function markFirstStart(dataDir: string, about: object): void {
  writeFileSync(markOf(dataDir), `${JSON.stringify(about)}\n`);
}
