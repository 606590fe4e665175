/** Acceptance cases as they are written: a key that is absent asserts nothing, an empty list asserts that there is none. */
import { z } from "zod";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const loose = z.record(z.string(), z.unknown());
const fact = z.looseObject({ type: z.string(), creditCode: z.string().optional() });
const department = z.enum(FACT_DEPARTMENTS);

/** Figures and quantities are written as texts; a number is read as one. */
const numeral = z.union([z.string(), z.number().transform(String)]);

const measure = z.strictObject({
  code: z.string(),
  department: z.string().optional(),
  body: z.string().optional(),
  quantity: numeral.optional(),
  unit: z.string().optional(),
});

const expectation = z.strictObject({
  creditCode: z.string(),
  scheme: z.string().optional(),
  asOf: day.optional(),
  knownAt: z.string().optional(),
  silent: z.array(department).optional(),
  grade: z.string().optional(),
  score: z.number().optional(),
  title: z.string().optional(),
  undetermined: z.boolean().optional(),
  lists: z.array(z.looseObject({ list: z.string() })).optional(),
  notLists: z.array(z.string()).optional(),
  proposedLists: z.array(z.string()).optional(),
  measures: z.array(measure).optional(),
  notMeasures: z.array(z.string()).optional(),
  procedure: loose.optional(),
  decision: z
    .record(
      z.string(),
      z.strictObject({ outcome: z.string().optional(), missing: z.array(z.string()).optional() }),
    )
    .optional(),
});

const figure = z.strictObject({
  name: z.string(),
  of: loose.optional(),
  asOf: day.optional(),
  base: z.number().optional(),
  value: numeral,
  unit: z.string(),
  target: numeral.optional(),
  met: z.boolean().optional(),
});

const acceptanceCase = z.strictObject({
  id: z.string(),
  scheme: z.string(),
  source: z.string().optional(),
  asOf: day,
  knownAt: z.string().optional(),
  silent: z.array(department).default([]),
  parameters: loose.default({}),
  facts: z.array(fact),
  expect: z.array(expectation).default([]),
  identifiers: z
    .array(z.strictObject({ value: z.string(), valid: z.boolean(), canonical: z.string().optional() }))
    .default([]),
  disclosures: z
    .array(
      z.strictObject({
        creditCode: z.string(),
        audience: z.string(),
        published: z.array(z.string()),
        withheldDocuments: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  population: z
    .array(z.strictObject({ count: z.number().int().nonnegative(), facts: z.array(fact) }))
    .default([]),
  statistics: z.strictObject({ figures: z.array(figure) }).optional(),
  why: z.string().optional(),
  assumption: z.string().optional(),
});

export type AcceptanceCase = z.infer<typeof acceptanceCase>;
export type Expectation = z.infer<typeof expectation>;
export type Figure = z.infer<typeof figure>;
export type CaseFact = z.infer<typeof fact>;
export type Disclosure = AcceptanceCase["disclosures"][number];

/** A case that cannot be read, and why: it fails, and the others of its file are run. */
export interface UnreadableCase {
  readonly id: string;
  readonly fault: string;
}

/** The cases of a file, each by itself: a list of cases, or `{ cases: [...] }`. Throws for a file that is neither. */
export function readEachCase(text: string, file: string): readonly (AcceptanceCase | UnreadableCase)[] {
  const content = JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  const list = Array.isArray(content) ? content : (content as { readonly cases?: unknown } | null)?.cases;
  if (!Array.isArray(list)) throw new Error(`${file}: there is no list of cases`);
  return list.map(readCase);
}

function readCase(written: unknown, at: number): AcceptanceCase | UnreadableCase {
  const { data, error } = acceptanceCase.safeParse(written);
  if (data) return data;
  const { id } = (written ?? {}) as { readonly id?: unknown };
  const faults = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return { id: typeof id === "string" ? id : `case ${at}`, fault: `cannot be read: ${faults.join("; ")}` };
}

/** Whether a case of a file could not be read. */
export function isUnreadable(one: AcceptanceCase | UnreadableCase): one is UnreadableCase {
  return "fault" in one;
}

/** The cases of a file that all can be read. Throws with the place of one that cannot. */
export function readCases(text: string, file: string): readonly AcceptanceCase[] {
  return readEachCase(text, file).map((one) => {
    if (isUnreadable(one)) throw new Error(`${file}: ${one.id} ${one.fault}`);
    return one;
  });
}
