/**
 * What the joint conference asks the departments when it makes a list of duties: whom have you on record over whom something
 * may be due. Which lists, steps, reports and days these are follows from the policies; a department only looks them up.
 */
import { z } from "zod";
import { HubError } from "../../schema/errors";
import { toLocalDate } from "../../schema/values";

const day = z.string().transform((text) => toLocalDate(text));
const values = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const report = z.strictObject({
  key: z.string(),
  /** The fact type that says a report was handed in, and what its fields hold for the period in question. */
  facts: z.string(),
  values,
  /** By which day an enterprise must have been there to owe it. */
  by: day,
  /** Those with an earlier fact with these values owe it; null: everybody who is registered in the place. */
  enrolled: values.nullable(),
  /** The type of that earlier fact, where it is another one than that of the report. */
  enrolledBy: z.string().optional(),
  place: z.strictObject({
    divisions: z.array(z.string()),
    districts: z.array(z.string()),
    sectors: z.array(z.string()),
  }),
  /** Credit codes behind this one, so many of them. */
  after: z.string().nullable(),
  first: z.number().int().min(0).max(10_000),
});

const question = z.strictObject({
  /** Entries of these lists that have not ended and were published on that day or later. */
  entries: z.array(z.strictObject({ list: z.string(), since: day.nullable() })),
  /** Procedures whose latest step is not the last one. */
  procedures: z.array(z.strictObject({ list: z.string(), procedure: z.string(), last: z.string() })),
  reports: z.array(report),
});

/** Reports that enterprises owe for a period. */
export type ReportQuestion = z.infer<typeof report>;
/** The part of a question about duties that departments answer. */
export type DutyQuestion = z.infer<typeof question>;

/** Which duties: the question as text, the day asked about, and what had been recorded by when. */
export interface DutiesKey {
  readonly question: string;
  readonly asOf: string;
  readonly knownAt: string | null;
}

/** Reads the part of a question that is for departments; HubError BAD_USER_INPUT for anything else. */
export function readDutyQuestion(text: string): DutyQuestion {
  const parsed = z.object({ lookUp: question }).safeParse(parseJson(text));
  if (parsed.success) return parsed.data.lookUp;
  throw new HubError("BAD_USER_INPUT", "question: it is none about duties.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
