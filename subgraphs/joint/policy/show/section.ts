/** A part of a policy as people read it: text and HTML are both rendered from it. */
import type { Text } from "../../assessment/assessment";

/** Paragraphs, then perhaps a table; the first column names the row. */
export interface Section {
  readonly heading: Text;
  readonly paragraphs: readonly string[];
  readonly columns?: readonly string[];
  readonly rows?: readonly (readonly string[])[];
}

/** Whether there is anything to read in it. */
export function isFilled({ paragraphs, rows }: Section): boolean {
  return rows === undefined ? paragraphs.length > 0 : rows.length > 0;
}
