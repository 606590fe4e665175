/** A screening: one question about many enterprises, answered by a queue of workers, slice by slice. */
import type { Outcome, Purpose } from "../assessment/assessment";

/** What is asked of every enterprise of a screening. `scheme` null: by the pack of the place and the trade. */
export interface ScreeningQuestion {
  readonly purpose: Purpose;
  readonly scheme: string | null;
  readonly asOf: string;
  readonly knownAt: string | null;
}

/** WAITING until it has been divided into slices; CANCELLED and FINISHED are for ever. */
export type ScreeningState = "WAITING" | "RUNNING" | "FINISHED" | "CANCELLED";

/** A screening and how far it has come. */
export interface Screening extends ScreeningQuestion {
  readonly id: string;
  readonly state: ScreeningState;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  /** Enterprises in all, and enterprises answered; 0 while it is waiting. */
  readonly total: number;
  readonly done: number;
  readonly outcomes: readonly { readonly outcome: Outcome; readonly count: number }[];
}

/** Asks the graph as any caller does: an operation, its variables, and its data. Rejects when there is none. */
export type AskGraph = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** The most enterprises of one question to the graph. */
export const QUESTION_CODES_MAX = 1_000;
// Slices differ in size, because a code's hash decides on its slice; with this mean, hardly one needs a second question.
const SLICE_MEAN = 850;

/** FNV-1a over the code's characters: the same slice on every machine. */
function hashCode(creditCode: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < creditCode.length; index++)
    hash = Math.imul(hash ^ creditCode.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Divides codes, each taken once, into slices by their hash. Empty slices are left out. */
export function sliceCodes(creditCodes: Iterable<string>): readonly (readonly string[])[] {
  const distinct = new Set(creditCodes);
  const count = Math.ceil(distinct.size / SLICE_MEAN);
  const slices: string[][] = Array.from({ length: count }, () => []);
  for (const creditCode of distinct) slices[hashCode(creditCode) % count]!.push(creditCode);
  return slices.filter(({ length }) => length > 0);
}
