/**
 * Working days of the People's Republic of China. Which days are worked is data: the yearly notices of the State Council. For a
 * year without a notice only weekends are known, and everything counted through it is provisional.
 */
import { dayFromNumber, dayNumber } from "./dates";

/** One notice: for which year, its number, and the days it declares free or worked, as printed. */
export interface HolidayNotice {
  readonly year: number;
  readonly number: string;
  readonly signedOn: string;
  readonly off: readonly string[];
  readonly worked: readonly string[];
}

/** A day that was counted; provisional when a year without a notice was counted through. */
export interface CountedDay {
  readonly day: string;
  readonly provisional: boolean;
}

/** A stretch of working days; `first` and `last` are worked themselves. */
export interface WorkingDaySpan {
  readonly first: string;
  readonly last: string;
  readonly provisional: boolean;
}

/** Answers about working days. Days are `YYYY-MM-DD`; all methods throw RangeError for a string that is no day. */
export interface WorkingDayCalendar {
  /** The notices it rests on, oldest first. */
  readonly notices: readonly HolidayNotice[];
  isWorkingDay(day: string): boolean;
  /** Whether the year of the day has no notice yet (or none that is on file). */
  isProvisional(day: string): boolean;
  /** The working day number `count` after `day`, which is itself not counted; before it when `count` is negative. */
  addWorkingDays(day: string, count: number): CountedDay;
  /** The `count` working days that lie before `day`, which is itself not counted. */
  workingDaysBefore(day: string, count: number): WorkingDaySpan;
}

/** Counting further than this is a mistake of the caller: some forty years. */
const COUNT_MAX = 10_000;

/** The calendar that follows from notices. A later notice replaces what earlier ones say of the same day. */
export function buildCalendar(notices: readonly HolidayNotice[]): WorkingDayCalendar {
  const declared = new Map<number, boolean>();
  for (const notice of notices) {
    for (const text of notice.off) for (const day of expand(text)) declared.set(day, false);
    for (const text of notice.worked) for (const day of expand(text)) declared.set(day, true);
  }
  const years = new Set(notices.map((notice) => notice.year));
  const isWorked = (day: number) => declared.get(day) ?? isMondayToFriday(day);
  const isProvisional = (day: string) => !years.has(Number(day.slice(0, 4)));

  const addWorkingDays = (day: string, count: number): CountedDay => {
    if (!Number.isInteger(count) || count === 0 || Math.abs(count) > COUNT_MAX) {
      throw new RangeError(`cannot count ${count} working days`);
    }
    let at = dayNumber(day);
    for (let left = Math.abs(count); left > 0; left -= isWorked(at) ? 1 : 0) at += Math.sign(count);
    return { day: dayFromNumber(at), provisional: touchesUngazetted(years, day, dayFromNumber(at)) };
  };

  return {
    notices,
    isWorkingDay: (day) => isWorked(dayNumber(day)),
    isProvisional,
    addWorkingDays,
    workingDaysBefore: (day, count) => {
      const first = addWorkingDays(day, -count);
      return { first: first.day, last: addWorkingDays(day, -1).day, provisional: first.provisional };
    },
  };
}

function touchesUngazetted(years: ReadonlySet<number>, ...days: readonly string[]): boolean {
  const touched = days.map((day) => Number(day.slice(0, 4))).sort((a, b) => a - b);
  for (let year = touched[0]!; year <= touched.at(-1)!; year++) if (!years.has(year)) return true;
  return false;
}

// 1970-01-01 was a Thursday.
function isMondayToFriday(day: number): boolean {
  return (((day + 3) % 7) + 7) % 7 < 5;
}

function expand(text: string): number[] {
  const [from, to = from] = text.split("..");
  const first = dayNumber(from!);
  return Array.from({ length: dayNumber(to!) - first + 1 }, (_, at) => first + at);
}
