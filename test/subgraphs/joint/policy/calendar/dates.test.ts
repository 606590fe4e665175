import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import {
  dayFromNumber,
  dayNumber,
  daysBetween,
  isDay,
  plusDays,
  plusMonths,
  plusYears,
  weekday,
} from "../../../../../subgraphs/joint/policy/calendar/dates";

const days = fc
  .integer({ min: -700_000, max: 2_900_000 })
  .map((number) => new Temporal.PlainDate(1970, 1, 1).add({ days: number }));

test("agrees with Temporal on day numbers, days, months, years and weekdays between 0054 and 9909", () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (date, amount) => {
      const day = date.toString();
      expect(isDay(day)).toBe(true);
      expect(dayFromNumber(dayNumber(day))).toBe(day);
      expect(plusDays(day, amount)).toBe(date.add({ days: amount }).toString());
      expect(plusMonths(day, amount)).toBe(date.add({ months: amount }).toString());
      expect(plusYears(day, amount % 50)).toBe(date.add({ years: amount % 50 }).toString());
      expect(weekday(day)).toBe(date.dayOfWeek);
      expect(daysBetween("2000-01-01", day)).toBe(new Temporal.PlainDate(2000, 1, 1).until(date).days);
    }),
  );
});

test("the last day of a month stays the last day where the month is shorter", () => {
  expect(plusMonths("2019-01-31", 1)).toBe("2019-02-28");
  expect(plusYears("2020-02-29", 1)).toBe("2021-02-28");
  expect(plusYears("2020-02-29", 4)).toBe("2024-02-29");
});

test.each([
  "2019-02-29",
  "2019-00-01",
  "2019-13-01",
  "2019-1-01",
  "0000-01-01",
  "20190101",
  "2019-01-01T",
  "二〇一九-01-01",
  " 019-01-01",
  "+019-01-01",
  "",
])("'%s' is not a day", (text) => {
  expect(isDay(text)).toBe(false);
  expect(() => dayNumber(text)).toThrow(RangeError);
  expect(() => plusMonths(text, 1)).toThrow(RangeError);
});

test("a day outside the four-digit years is refused, not wrapped", () => {
  expect(() => plusYears("9999-06-01", 1)).toThrow(RangeError);
  expect(() => plusDays("0001-01-01", -1)).toThrow(RangeError);
});
