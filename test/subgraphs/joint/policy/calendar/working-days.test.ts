import { loadCalendar } from "../../../../../subgraphs/joint/policy/calendar/load-calendar";
import { buildCalendar } from "../../../../../subgraphs/joint/policy/calendar/working-days";

const calendar = loadCalendar();

test.each([
  [
    "a window of thirty working days across Mid-Autumn, National Day and two made-up days (case MY-38)",
    "2019-10-25",
    "2019-09-09",
    "2019-10-24",
  ],
  ["a window without any holiday (case MY-10)", "2019-08-20", "2019-07-09", "2019-08-19"],
])("%s", (_, expiry, first, last) => {
  expect(calendar.workingDaysBefore(expiry, 30)).toEqual({ first, last, provisional: false });
});

test("a holiday on a Wednesday is not worked, a made-up Sunday is", () => {
  expect(calendar.isWorkingDay("2025-01-01")).toBe(false);
  expect(calendar.isWorkingDay("2019-09-29")).toBe(true);
  expect(calendar.isWorkingDay("2019-09-28")).toBe(false);
});

test("a later notice replaces an earlier one", () => {
  // Labour Day 2019 was prolonged in March; Saturday 1 February 2020 was to be worked until the epidemic.
  expect(calendar.isWorkingDay("2019-05-02")).toBe(false);
  expect(calendar.isWorkingDay("2019-05-05")).toBe(true);
  expect(calendar.isWorkingDay("2020-02-01")).toBe(false);
  expect(calendar.addWorkingDays("2020-01-23", 1).day).toBe("2020-02-03");
});

test("a year without a notice knows only weekends and says that this is provisional", () => {
  expect(calendar.isProvisional("2026-12-31")).toBe(false);
  expect(calendar.isProvisional("2027-01-04")).toBe(true);
  expect(calendar.addWorkingDays("2026-12-31", 1)).toEqual({ day: "2027-01-01", provisional: true });
  expect(calendar.workingDaysBefore("2027-01-20", 30).provisional).toBe(true);
  expect(calendar.workingDaysBefore("2016-05-05", 3)).toEqual({
    first: "2016-05-02",
    last: "2016-05-04",
    provisional: true,
  });
});

test("a year in the middle without a notice makes what is counted through it provisional", () => {
  const gap = buildCalendar(calendar.notices.filter((notice) => notice.year !== 2021));
  expect(gap.addWorkingDays("2020-12-01", 300).provisional).toBe(true);
  expect(gap.addWorkingDays("2020-12-01", 10).provisional).toBe(false);
});

test("every made-up day falls on a weekend, and every notice is the only one of its number", () => {
  const weekends = calendar.notices
    .flatMap((notice) => notice.worked)
    .map((day) => new Date(day).getUTCDay());
  expect(new Set(weekends)).toEqual(new Set([0, 6]));
  expect(new Set(calendar.notices.map((notice) => notice.number)).size).toBe(calendar.notices.length);
});

test("counting forth and back meets again on every working day of nine years", () => {
  let { day } = calendar.addWorkingDays("2017-12-31", 1);
  for (let steps = 0; day < "2026-11-01"; steps++) {
    const ahead = calendar.addWorkingDays(day, 17).day;
    expect(calendar.addWorkingDays(ahead, -17).day).toBe(day);
    day = calendar.addWorkingDays(day, 1).day;
  }
});
