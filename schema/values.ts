/**
 * How each kind of value is written, wherever it comes in: one canonical form, or a HubError BAD_USER_INPUT whose
 * sentence says what is wrong. Dates are days in Asia/Shanghai, money is exact, texts are NFC without controls.
 */
import { HubError } from "./errors";

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MONEY = /^(0|[1-9]\d{0,14})(?:\.(\d{1,2}))?$/;
const RATE = /^(0|[1-9]\d{0,2})(?:\.(\d{1,4}))?$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?([Zz]|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
// C0 and C1 controls, and the marks that reorder what a reader sees (U+200E, U+200F, U+202A-202E, U+2066-2069).
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

function refuse(sentence: string): never {
  throw new HubError("BAD_USER_INPUT", sentence);
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** A day of the calendar as `YYYY-MM-DD` (years 0001-9999). Refuses 30 February and everything with a time. */
export function toLocalDate(value: unknown): string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) refuse("a date is written YYYY-MM-DD");
  const [year, month, day] = [+value.slice(0, 4), +value.slice(5, 7), +value.slice(8, 10)];
  const exists =
    year >= 1 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= DAYS_OF_MONTH[month - 1]! &&
    (month !== 2 || day < 29 || isLeapYear(year));
  return exists ? value : refuse(`${value} is not a day of the calendar`);
}

/** An RFC 3339 instant with a zone, as `YYYY-MM-DDTHH:MM:SS.mmmZ`; finer digits are cut. No 24:00, no leap second. */
export function toInstant(value: unknown): string {
  const match = typeof value === "string" ? INSTANT.exec(value) : null;
  if (!match) refuse("an instant is written as in RFC 3339, with a zone: 2024-05-01T09:00:00+08:00");
  toLocalDate(match[1]);
  return new Date((value as string).toUpperCase()).toISOString();
}

/**
 * Yuan as a decimal string with two places, at most 15 digits before the point, never negative. A number is taken
 * only when its decimal writing is exact, so 0.1 + 0.2 and 1e15 + 0.01 are refused instead of rounded.
 */
export function toMoney(value: unknown): string {
  const isExactNumber = typeof value === "number" && value <= 90_000_000_000_000 && !Object.is(value, -0);
  const text = typeof value === "string" ? value : isExactNumber ? String(value) : "";
  const match = MONEY.exec(text);
  if (!match) refuse('money is yuan as a decimal string with at most two places, not negative: "4000000.00"');
  return `${match[1]}.${(match[2] ?? "").padEnd(2, "0")}`;
}

/** A rate in per cent (0-100) as a decimal string with at most four places and no needless zeros. */
export function toRate(value: unknown): string {
  const text = typeof value === "number" && !Object.is(value, -0) ? String(value) : value;
  const match = typeof text === "string" ? RATE.exec(text) : null;
  if (!match || Number(text) > 100) refuse("a rate is per cent, 0 to 100, with at most four decimal places");
  const places = (match[2] ?? "").replace(/0+$/, "");
  return places === "" ? match[1]! : `${match[1]}.${places}`;
}

/** A text in NFC, without surrounding blanks; line breaks and tabs become blanks, other controls are refused. */
export function toText(value: unknown, lengthMax: number): string {
  if (typeof value !== "string") refuse("a text is expected");
  if (value.length > lengthMax * 2) refuse(`a text of at most ${lengthMax} characters is expected`);
  if (!value.isWellFormed()) refuse("the text is not well-formed Unicode");
  const text = value
    .normalize("NFC")
    .replace(/[\t\r\n]+/g, " ")
    .trim();
  if (FORBIDDEN.test(text)) refuse("the text holds a control character");
  return text.length <= lengthMax ? text : refuse(`a text of at most ${lengthMax} characters is expected`);
}

/** A whole number, also when written as a decimal text (files hold texts). */
export function toInteger(value: unknown): number {
  const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  const isWhole = typeof number === "number" && Number.isSafeInteger(number) && !Object.is(number, -0);
  return isWhole ? number : refuse("a whole number is expected");
}

/** A number with at most one decimal place, also when written as a text. */
export function toTenths(value: unknown): number {
  const text = typeof value === "number" && !Object.is(value, -0) ? String(value) : value;
  if (typeof text !== "string" || !/^-?\d{1,9}(\.\d)?$/.test(text) || /^-0(\.0)?$/.test(text))
    refuse("a number with at most one decimal place is expected");
  return Number(text);
}

/** True or false, also when written as a text. */
export function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  return refuse("true or false is expected");
}

/** Whole numbers in the order given, each once; as a text they are separated by blanks, commas or semicolons. */
export function toIntegers(value: unknown): readonly number[] {
  const parts = typeof value === "string" ? value.split(/[\s,;]+/).filter((part) => part !== "") : value;
  if (!Array.isArray(parts) || parts.length > 1000) refuse("a list of whole numbers is expected");
  return [...new Set(parts.map(toInteger))];
}

const shanghaiDay = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
});

/** The business date at an instant: the day in Asia/Shanghai. */
export function localDateAt(instant: Date): string {
  return shanghaiDay.format(instant);
}
