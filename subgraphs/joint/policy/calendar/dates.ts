/**
 * Arithmetic on calendar days, which are `YYYY-MM-DD` strings everywhere. Done on whole day numbers, never on instants: a JS
 * `Date` shifts a day in UTC+8. All functions throw RangeError for a string that is not a real day between 0001 and 9999.
 */

/** A real day of the Gregorian calendar, `YYYY-MM-DD`, years 0001 to 9999. */
export function isDay(text: string): boolean {
  return !Number.isNaN(dayNumberOrNaN(text));
}

/** Days since 1970-01-01, which is 0. */
export function dayNumber(day: string): number {
  const number = dayNumberOrNaN(day);
  if (Number.isNaN(number)) throw new RangeError(`'${day}' is not a day`);
  return number;
}

/** As dayNumber, but NaN for a string that is not a day: for the hot path, where a fault is met with a value. */
export function dayNumberOrNaN(text: string): number {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const isReal = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  return isReal ? daysFromCivil(year, month, day) : NaN;
}

/** The day with this number; the inverse of dayNumber. */
export function dayFromNumber(number: number): string {
  // Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years that start on 1 March.
  const shifted = number + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return formatDay(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

/** The day `days` later, or earlier when negative. */
export function plusDays(day: string, days: number): string {
  return dayFromNumber(dayNumber(day) + days);
}

/** The same day `months` later; the last day of that month when it is shorter (31 January + 1 month = 28 February). */
export function plusMonths(day: string, months: number): string {
  if (!isDay(day)) throw new RangeError(`'${day}' is not a day`);
  const monthIndex = digits(day, 0, 4) * 12 + digits(day, 5, 7) - 1 + months;
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return formatDay(year, month, Math.min(digits(day, 8, 10), daysInMonth(year, month)));
}

/** The same day `years` later; 28 February when 29 February does not exist. */
export function plusYears(day: string, years: number): string {
  return plusMonths(day, years * 12);
}

/** How many days `to` lies after `from`; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Monday is 1, Sunday 7 (ISO 8601). */
export function weekday(day: string): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

// NaN for anything but digits, so that every comparison with it is false.
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function formatDay(year: number, month: number, day: number): string {
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`the year ${year} is outside 0001 to 9999`);
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}
