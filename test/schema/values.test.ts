import fc from "fast-check";
import {
  localDateAt,
  toBoolean,
  toInstant,
  toInteger,
  toIntegers,
  toLocalDate,
  toMoney,
  toRate,
  toTenths,
  toText,
} from "../../schema/values";

const refused = (values: readonly unknown[], parse: (value: unknown) => unknown) =>
  values.filter((value) => {
    try {
      parse(value);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
      return false;
    }
  });

test("every day of the calendar is taken, and no other", () => {
  const days = fc.date({
    min: new Date("0001-01-01T00:00:00Z"),
    max: new Date("9999-12-31T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(days, (day) => {
      const text = day.toISOString().slice(0, 10);
      expect(toLocalDate(text)).toBe(text);
    }),
  );
  const wrong = [
    "2024-02-30",
    "2023-02-29",
    "1900-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-04-31",
    "0000-01-01",
    "24-1-1",
    "2024-1-01",
    "2024-01-01T00:00:00Z",
    "",
    null,
    20240101,
    new Date(),
    "２０２４-01-01",
  ];
  expect(refused(wrong, toLocalDate)).toEqual([]);
  expect(toLocalDate("2000-02-29")).toBe("2000-02-29");
});

test("an instant has a zone, and neither 24:00 nor a leap second", () => {
  expect(toInstant("2014-06-02T09:00:00+08:00")).toBe("2014-06-02T01:00:00.000Z");
  expect(toInstant("2014-06-02t09:00:00.1239z")).toBe("2014-06-02T09:00:00.123Z");
  const wrong = [
    "2014-06-02T09:00:00",
    "2014-06-02T24:00:00Z",
    "2016-12-31T23:59:60Z",
    "2014-02-30T00:00:00Z",
    "2014-06-02",
    "now",
    1401699600,
    null,
  ];
  expect(refused(wrong, toInstant)).toEqual([]);
});

test("money is exact, whether it comes as a text or as a number", () => {
  expect(["0", "0.1", "4000000", "4000000.00", "999999999999999.99", 0, 1.1, 4000000].map(toMoney)).toEqual([
    "0.00",
    "0.10",
    "4000000.00",
    "4000000.00",
    "999999999999999.99",
    "0.00",
    "1.10",
    "4000000.00",
  ]);
  const wrong = [
    0.1 + 0.2,
    Number("1000000000000000.01"),
    -0,
    NaN,
    Infinity,
    Number("1e309"),
    -1,
    "-1",
    "-0",
    "1.234",
    "1e3",
    "01",
    ".5",
    "1.",
    "1,000",
    " 1",
    "",
    "NaN",
    "1000000000000000",
    "１",
    null,
    true,
    {},
  ];
  expect(refused(wrong, toMoney)).toEqual([]);
});

test("any amount of fen is written back as it was given", () => {
  const fen = fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n });
  fc.assert(
    fc.property(fen, (amount) => {
      const text = `${amount / 100n}.${String(amount % 100n).padStart(2, "0")}`;
      expect(toMoney(text)).toBe(text);
    }),
  );
});

test("a rate is per cent, without needless zeros", () => {
  expect(["0.7500", "100", "0", "1.1", 0.55, "12.3456"].map(toRate)).toEqual([
    "0.75",
    "100",
    "0",
    "1.1",
    "0.55",
    "12.3456",
  ]);
  expect(refused(["100.01", "-1", "1.23456", "", NaN, -0, null, "1e1"], toRate)).toEqual([]);
});

test("numbers of files are texts, and mean the same", () => {
  expect([3, "3", "-3"].map(toInteger)).toEqual([3, 3, -3]);
  expect(refused([1.5, "1.5", NaN, -0, "", null, 2 ** 53, "9".repeat(16), true], toInteger)).toEqual([]);
  expect([87.5, "87.5", "-20", 100].map(toTenths)).toEqual([87.5, 87.5, -20, 100]);
  expect(refused([87.55, "87.55", 0.1 + 0.2, -0, "-0", NaN, "", null], toTenths)).toEqual([]);
  expect([true, "false"].map(toBoolean)).toEqual([true, false]);
  expect(refused(["yes", 1, 0, null, ""], toBoolean)).toEqual([]);
  expect([[2, 7, 2], "2, 7", "2;7", []].map(toIntegers)).toEqual([[2, 7], [2, 7], [2, 7], []]);
  expect(refused([[1.5], "a", 3, null, {}], toIntegers)).toEqual([]);
});

test("a text is NFC, without controls, and of bounded length", () => {
  const toShortText = (value: unknown) => toText(value, 10);
  expect(toShortText(" e\u0301a ")).toBe("\u00e9a");
  expect(toShortText("一\r\n二\t三")).toBe("一 二 三");
  const wrong = [
    "a\u0000b",
    "a\u202eb",
    "a\u2066b",
    "\ud800",
    "a\u0007",
    "a\u009f",
    "a\uffff",
    "12345678901",
    "a".repeat(1e6),
    5,
    null,
  ];
  expect(refused(wrong, toShortText)).toEqual([]);
  const injection = "'; DROP TABLE tax_arrears; -- %_\\";
  expect(toText(injection, 100)).toBe(injection);
});

test("the business date is the day in Shanghai", () => {
  expect(localDateAt(new Date("2024-05-01T23:59:59.999+08:00"))).toBe("2024-05-01");
  expect(localDateAt(new Date("2024-05-01T16:00:00.000Z"))).toBe("2024-05-02");
});
