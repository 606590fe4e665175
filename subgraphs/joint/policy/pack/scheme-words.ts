/** What the parts of `scheme.yaml` are made of: days, names, codes, texts. */
import { z } from "zod";
import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { isDay } from "../calendar/dates";

/** A date. */
export const day = z.string().refine(isDay, "an existing day is written YYYY-MM-DD");
/** What people read, in both languages. */
export const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
/** The name of a value. */
export const name = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, "a name starts with a small letter and holds letters and digits");
/** The code of a list, a step, a state or a measure. */
export const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, "a code is written in capitals");
/** A department that records facts. */
export const department = z.enum(FACT_DEPARTMENTS);
/** The level of government that keeps a list. */
export const level = z.enum(["PROVINCE", "CITY", "COUNTY"]);
/** Whether something punishes or rewards. */
export const direction = z.enum(["PUNISHMENT", "INCENTIVE"]);
/** A single value. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** From a day to before another. */
export const period = z.strictObject({ from: day, until: day });

/** How long a window or a term is. */
export const duration = z.union([
  z.strictObject({ days: z.number().int().positive() }),
  z.strictObject({ months: z.number().int().positive() }),
  z.strictObject({ years: z.number().int().positive() }),
  /** To the end of the calendar year in which it starts. */
  z.strictObject({ calendarYears: z.literal(1) }),
]);
