/** A scheme file that is wrong in places: its faults, and the rest of it, so that what else is wrong can be told in one go. */
import { z } from "zod";
import { schemeFile, type SchemeFile } from "./scheme-file";

/** What is left of a scheme file; nothing when what is wrong is not an entry that can be left out. */
export interface SalvagedScheme {
  readonly file: SchemeFile | undefined;
  /** The names of the entries that were left out. */
  readonly dropped: readonly string[];
  readonly messages: readonly string[];
}

type Bag = Record<string, unknown>;
const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null;

/** Checks the shape of a scheme file. Without a fault nothing is left out. */
export function salvageScheme(value: unknown): SalvagedScheme {
  const whole = schemeFile.safeParse(value);
  if (whole.success) return { file: whole.data, dropped: [], messages: [] };
  const { issues } = whole.error;
  const messages = issues.map((issue) => `${issue.path.join(".") || "the file"}: ${describe(issue, value)}`);
  const dropped = issues.flatMap(namesIn);
  const rest = schemeFile.safeParse(leaveOut(value, issues));
  return { file: rest.data, dropped, messages };
}

// What was expected is in the message; what was found helps to find it.
function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const found = issue.path.reduce<unknown>((at, key) => (isBag(at) ? at[String(key)] : undefined), value);
  const isShown = typeof found === "string" || typeof found === "number" || typeof found === "boolean";
  return isShown ? `${issue.message}, not ${JSON.stringify(found)}` : issue.message;
}

// `measures.X.purpose` leaves out the measure X; a key that nobody knows, the key.
function entriesOf(issue: z.core.$ZodIssue): readonly (readonly PropertyKey[])[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => [...issue.path, key]);
  return [issue.path.slice(0, 2)];
}

function namesIn(issue: z.core.$ZodIssue): string[] {
  return entriesOf(issue).map((path) => String(path.at(-1) ?? ""));
}

function leaveOut(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const rest: unknown = structuredClone(value);
  for (const path of issues.flatMap(entriesOf)) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, key) => (isBag(at) ? at[String(key)] : undefined), rest);
    const last = path.at(-1);
    if (!isBag(parent) || last === undefined) continue;
    if (path.length === 1 && String(last) in REPLACED) parent[String(last)] = REPLACED[String(last)];
    else delete parent[String(last)];
  }
  // An entry of a list leaves a hole.
  if (isBag(rest))
    for (const [key, one] of Object.entries(rest))
      if (Array.isArray(one)) rest[key] = one.filter((entry) => entry !== undefined);
  return rest;
}

// Nothing in a pack hangs on these.
const REPLACED: Readonly<Bag> = {
  effectiveFrom: "1949-10-01",
  title: { zh: "?", en: "?" },
  jurisdiction: "?",
  sources: [{ file: "?", title: "?" }],
};
