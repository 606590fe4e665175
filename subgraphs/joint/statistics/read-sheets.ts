/** The counts that departments lend, checked before they are believed. */
import { z } from "zod";

/** The departments that lend counts. */
export const COUNTING_DEPARTMENTS = ["SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX", "FINANCE"] as const;
/** A department that lends counts. */
export type CountingDepartment = (typeof COUNTING_DEPARTMENTS)[number];
/** Those of them that keep lists. */
export const LISTING_DEPARTMENTS = ["SAFETY", "TRANSPORT", "CONSTRUCTION", "TAX"] as const;

const row = z.object({
  of: z.record(z.string(), z.union([z.string(), z.boolean()])),
  counts: z.record(z.string(), z.number().int().nonnegative()),
});
const sheet = z.object({ scheme: z.string(), asOf: z.string(), rows: z.array(row) });

/** The counts of one group. */
export type Row = z.infer<typeof row>;

/** The rows of the departments that answered. One that is not in it could not be asked. */
export type Sheets = ReadonlyMap<CountingDepartment, readonly Row[]>;

/** Reads what was lent. An answer that is malformed, or about another question, is no answer. */
export function readSheets(
  lent: Readonly<Partial<Record<CountingDepartment, unknown>>>,
  asked: { readonly scheme: string; readonly asOf: string },
): Sheets {
  const sheets = new Map<CountingDepartment, readonly Row[]>();
  for (const department of COUNTING_DEPARTMENTS) {
    const { data } = sheet.safeParse(lent[department]);
    if (data?.scheme === asked.scheme && data.asOf === asked.asOf) sheets.set(department, data.rows);
  }
  return sheets;
}
