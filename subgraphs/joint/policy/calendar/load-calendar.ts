/** Reads the notices that the working-day calendar rests on. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../../../../schema/root";
import { PolicyError } from "../contract";
import { isDay } from "./dates";
import { buildCalendar, type WorkingDayCalendar } from "./working-days";

const day = z.string().refine(isDay, "is not a day");
const dayOrSpan = z.string().refine((text) => {
  const ends = text.split("..");
  return ends.length <= 2 && ends.every(isDay) && ends[0]! <= ends.at(-1)!;
}, "is neither a day nor a span from..to");

const notices = z.array(
  z.strictObject({
    year: z.number().int().min(1949).max(9999),
    number: z.string().min(1),
    signedOn: day,
    off: z.array(dayOrSpan),
    worked: z.array(day),
  }),
);

/** Where the notices lie. */
export const CALENDAR_FILE = "subgraphs/joint/policies/calendar/working-days.yaml";

/** The calendar of the notices on file. Throws PolicyError when the file is not what it should be. */
export function loadCalendar(): WorkingDayCalendar {
  const text = readFileSync(join(repositoryRoot, CALENDAR_FILE), "utf8");
  const checked = notices.safeParse(parse(text));
  if (checked.success) return buildCalendar(checked.data);
  throw new PolicyError(
    checked.error.issues.map((issue) => ({
      file: CALENDAR_FILE,
      message: `${issue.path.join(".")} ${issue.message}`,
    })),
  );
}
