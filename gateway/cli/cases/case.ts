/** Acceptance cases as they are written: a key that is absent asserts nothing, an empty list asserts that there is none. */
import { z } from "zod";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const loose = z.record(z.string(), z.unknown());
const fact = z.looseObject({ type: z.string(), creditCode: z.string().optional() });
const department = z.enum(FACT_DEPARTMENTS);

const measure = z.strictObject({
  code: z.string(),
  department: z.string().optional(),
  body: z.string().optional(),
  quantity: z.string().optional(),
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
  value: z.string(),
  unit: z.string(),
  target: z.string().optional(),
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
    .array(z.strictObject({ count: z.number().int().positive(), facts: z.array(fact) }))
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

/** The cases of a file: a list of cases, or `{ cases: [...] }`. Throws with the place of a case that cannot be read. */
export function readCases(text: string, file: string): readonly AcceptanceCase[] {
  const content = JSON.parse(text) as unknown;
  const list = Array.isArray(content) ? content : (content as { readonly cases?: unknown }).cases;
  const parsed = z.array(acceptanceCase).safeParse(list);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`${file}: ${faults.join("; ")}`);
}
