/** The time that a caller asks about: a day and a state of knowledge, within what can be answered honestly. */
import { HubError } from "../../schema/errors";
import { localDateAt } from "../../schema/values";

/** The two times of a question. `knownAt` null means as recorded by now. */
export interface AskedTime {
  readonly asOf: string;
  readonly knownAt: string | null;
}

const EARLIEST = "1949-10-01";
const YEARS_AHEAD_MAX = 10;
// Clocks of callers may be ahead of ours by this much.
const CLOCK_LEEWAY_MS = 5 * 60_000;

/**
 * The times as asked; the day is today in Shanghai when none is given. Refused with BAD_USER_INPUT: days before the
 * founding of the republic or more than ten years ahead, and knowledge of the future.
 */
export function readAskedTime(asOf: string | null, knownAt: string | null, now: Date): AskedTime {
  const today = localDateAt(now);
  const latest = String(Number(today.slice(0, 4)) + YEARS_AHEAD_MAX) + today.slice(4);
  if (asOf !== null && (asOf < EARLIEST || asOf > latest))
    throw new HubError("BAD_USER_INPUT", `asOf lies between ${EARLIEST} and ten years from today.`);
  if (knownAt !== null && Date.parse(knownAt) > now.getTime() + CLOCK_LEEWAY_MS)
    throw new HubError("BAD_USER_INPUT", "knownAt lies in the future; what will be recorded is not known.");
  return { asOf: asOf ?? today, knownAt };
}
