/** Whether an answer is the one expected, an honest refusal of all or a part of it, or wrong. */
import { isDeepStrictEqual } from "node:util";

/** `refused`: it says by its errors that it is not whole, and what it does say is what was expected. */
export type Verdict = "right" | "refused" | "wrong";

/** Judges an answer against the one that was given without load. */
export function judgeAnswer(answer: unknown, expected: unknown): Verdict {
  if (isDeepStrictEqual(answer, expected)) return "right";
  if (!isRecord(answer) || !Array.isArray(answer["errors"]) || answer["errors"].length === 0) return "wrong";
  const wanted = isRecord(expected) ? expected["data"] : undefined;
  return saysNothingElse(answer["data"] ?? null, wanted) ? "refused" : "wrong";
}

/** What is there must be what was expected; what is not there must be null, and a verdict without it left open. */
function saysNothingElse(given: unknown, wanted: unknown): boolean {
  if (given === null) return true;
  if (!isRecord(given) || !isRecord(wanted))
    return isDeepStrictEqual(given, wanted) || isListOfParts(given, wanted);
  if ("outcome" in given && given["outcome"] === "UNDETERMINED") return true;
  return Object.keys(given).every((key) => key in wanted && saysNothingElse(given[key], wanted[key]));
}

function isListOfParts(given: unknown, wanted: unknown): boolean {
  const areLists = Array.isArray(given) && Array.isArray(wanted) && given.length === wanted.length;
  return areLists && given.every((item, index) => saysNothingElse(item, wanted[index]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
