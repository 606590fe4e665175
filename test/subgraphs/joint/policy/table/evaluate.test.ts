import { PolicyError, type TableResult } from "../../../../../subgraphs/joint/policy/contract";
import { compileSmall, count, day, oneOf, points, text, yesNo, yuan } from "../small-table";

const ids = (result: TableResult) => result.rows.map((row) => row.id);
const possibleIds = (result: TableResult) => result.possible.map((row) => row.id);
const unknown = { unknown: true } as const;

const bands = compileSmall({
  hitPolicy: "UNIQUE",
  inputs: { score: points },
  outputs: { grade: oneOf("A", "B", "C", "D") },
  rows: [
    [">= 90", '"A"'],
    ["[80..90)", '"B"'],
    ["[60..80[", '"C"'],
    ["< 60", '"D"'],
  ],
});

test("a score on the edge of a band belongs to the band that begins there", () => {
  expect(ids(bands.evaluate([900]))).toEqual(["r1"]);
  expect(ids(bands.evaluate([899]))).toEqual(["r2"]);
  expect(ids(bands.evaluate([800]))).toEqual(["r2"]);
  expect(ids(bands.evaluate([799]))).toEqual(["r3"]);
  expect(ids(bands.evaluate([599]))).toEqual(["r4"]);
  expect(bands.evaluate([599]).rows[0]!.outputs).toEqual(["D"]);
});

test("an absent score has no grade", () => {
  expect(bands.evaluate([null])).toMatchObject({ rows: [], possible: [], mayBeNone: true });
});

test("an unknown score may have any grade or none; a bounded one only those it can reach", () => {
  expect(bands.evaluate([unknown])).toMatchObject({ rows: [], mayBeNone: true });
  expect(possibleIds(bands.evaluate([unknown]))).toEqual(["r1", "r2", "r3", "r4"]);
  const atMost70 = bands.evaluate([{ unknown: true, max: 700 }]);
  expect(possibleIds(atMost70)).toEqual(["r3", "r4"]);
  expect(atMost70.mayBeNone).toBe(false);
  expect(ids(bands.evaluate([{ unknown: true, min: 905 }]))).toEqual(["r1"]);
  expect(ids(bands.evaluate([{ unknown: true, among: [910, 955] }]))).toEqual(["r1"]);
});

test("dates, money, texts, booleans and lists are met exactly at their ends", () => {
  const table = compileSmall({
    hitPolicy: "COLLECT",
    inputs: { on: day, arrears: yuan, kind: text, open: yesNo },
    outputs: { found: yesNo },
    rows: [
      ['>= date("2019-01-01")', "-", "-", "-", "true"],
      ['(@"2018-12-31"..@"2019-12-31"]', "-", "-", "-", "true"],
      ["-", "> 100000", "-", "-", "true"],
      ["-", "-", '"LARGE", "GRAVE"', "-", "true"],
      ["-", "-", 'not("LARGE", "GRAVE")', "-", "true"],
      ["-", "-", "null", "true", "true"],
    ],
  });
  expect(ids(table.evaluate(["2019-01-01", 10_000_000, "GRAVE", true]))).toEqual(["r1", "r2", "r4"]);
  expect(ids(table.evaluate(["2018-12-31", 10_000_001, "SMALL", true]))).toEqual(["r3", "r5"]);
  expect(ids(table.evaluate([null, null, null, true]))).toEqual(["r5", "r6"]);
});

test("a cell may name a parameter, or another input of its table", () => {
  const table = compileSmall({
    hitPolicy: "FIRST",
    inputs: { paid: yuan, due: yuan },
    outputs: { state: text },
    parameters: { smallDebt: { type: count, value: 500 } },
    rows: [
      [">= due", "-", '"PAID"'],
      ["-", "<= smallDebt", '"SMALL"'],
      ["-", "-", '"OWING"'],
    ],
  });
  expect(ids(table.evaluate([100, 100]))).toEqual(["r1"]);
  expect(ids(table.evaluate([99, 50_000]))).toEqual(["r2"]);
  expect(ids(table.evaluate([99, 50_001]))).toEqual(["r3"]);
  expect(possibleIds(table.evaluate([unknown, 50_000]))).toEqual(["r1", "r2"]);
  expect(ids(table.evaluate([null, 50_001]))).toEqual(["r3"]);
});

test("FIRST reports no row that an earlier row always precedes", () => {
  const table = compileSmall({
    hitPolicy: "FIRST",
    inputs: { fatal: yesNo, deaths: count },
    outputs: { outcome: text },
    rows: [
      ["true", "-", '"BARRED"'],
      ["-", ">= 3", '"BARRED"'],
      ["false", "-", '"FREE"'],
      ["-", "-", '"UNSEEN"'],
    ],
  });
  expect(possibleIds(table.evaluate([unknown, 5]))).toEqual(["r1", "r2"]);
  expect(possibleIds(table.evaluate([{ unknown: true, among: [true, false] }, 0]))).toEqual(["r1", "r3"]);
  expect(ids(table.evaluate([true, unknown]))).toEqual(["r1"]);
});

test("a condition and its contrary are never both possible", () => {
  const table = compileSmall({
    hitPolicy: "UNIQUE",
    inputs: { field: oneOf("MINING", "OTHER"), deaths: count },
    outputs: { outcome: text },
    rows: [
      ['"MINING"', ">= 1", '"X"'],
      ['not("MINING")', "-", '"Y"'],
    ],
  });
  expect(table.evaluate([{ unknown: true, among: ["MINING", "OTHER"] }, 1])).toMatchObject({
    rows: [],
    mayBeNone: false,
  });
  expect(possibleIds(table.evaluate([unknown, 1]))).toEqual(["r1", "r2"]);
});

test("PRIORITY prefers the outcome that stands first among the allowed ones, whatever the order of the rows", () => {
  const table = compileSmall({
    hitPolicy: "PRIORITY",
    inputs: { deaths: count, arrears: yuan },
    outputs: { outcome: text },
    allowed: { outcome: '"BARRED", "RESTRICTED", "NORMAL"' },
    rows: [
      ["-", "-", '"NORMAL"'],
      ["-", "> 0", '"RESTRICTED"'],
      ["> 0", "-", '"BARRED"'],
    ],
  });
  expect(ids(table.evaluate([0, 0]))).toEqual(["r1"]);
  expect(ids(table.evaluate([0, 1]))).toEqual(["r2"]);
  expect(ids(table.evaluate([1, unknown]))).toEqual(["r3"]);
  expect(possibleIds(table.evaluate([unknown, 1]))).toEqual(["r2", "r3"]);
  expect(table.evaluate([unknown, 1]).mayBeNone).toBe(false);
});

test("UNIQUE and ANY are enforced when the table runs", () => {
  const rows = [
    ["> 0", '"X"'],
    ["> 1", '"X"'],
    ["> 2", '"Y"'],
  ];
  const unique = compileSmall({ hitPolicy: "UNIQUE", inputs: { n: count }, outputs: { o: text }, rows });
  const any = compileSmall({ hitPolicy: "ANY", inputs: { n: count }, outputs: { o: text }, rows });
  expect(ids(unique.evaluate([1]))).toEqual(["r1"]);
  expect(() => unique.evaluate([2])).toThrow(PolicyError);
  expect(() => unique.evaluate([2])).toThrow("rows r1, r2 match");
  expect(ids(any.evaluate([2]))).toEqual(["r1"]);
  expect(() => any.evaluate([3])).toThrow("with different outputs");
  // Broken only in one of the possible worlds: everything is open, nothing certain.
  expect(unique.evaluate([{ unknown: true, min: 1, max: 2 }])).toMatchObject({ rows: [], mayBeNone: false });
});

test("what is collected is counted, summed, and bounded while something is unknown", () => {
  const rows = [
    ["> 0", "-", "-5"],
    ["> 3", "-", "-10.5"],
    ["-", "true", "20"],
  ];
  const table = (hitPolicy: "COLLECT_SUM" | "COLLECT_COUNT" | "COLLECT_MIN" | "COLLECT_MAX" | "COLLECT") =>
    compileSmall({ hitPolicy, inputs: { n: count, plus: yesNo }, outputs: { points }, rows });
  expect(table("COLLECT_SUM").evaluate([4, false]).aggregate).toBe(-155);
  expect(table("COLLECT_SUM").evaluate([0, false]).aggregate).toBeNull();
  expect(table("COLLECT_COUNT").evaluate([0, false]).aggregate).toBe(0);
  expect(table("COLLECT_MIN").evaluate([4, true]).aggregate).toBe(-105);
  expect(table("COLLECT_MAX").evaluate([4, true]).aggregate).toBe(200);
  const open = table("COLLECT_SUM").evaluate([{ unknown: true, min: 1 }, true]);
  expect(ids(open)).toEqual(["r1", "r3"]);
  expect(possibleIds(open)).toEqual(["r2"]);
  expect(open.aggregate).toBeUndefined();
  expect(open.aggregateBounds).toEqual({ min: 45, max: 150 });
  expect(table("COLLECT_SUM").evaluate([{ unknown: true, min: 5 }, true]).aggregate).toBe(45);
});

test("a value that is not of its column's type or not allowed stops the evaluation", () => {
  const table = compileSmall({
    hitPolicy: "FIRST",
    inputs: { n: count, kind: oneOf("A", "B"), on: day },
    outputs: { o: text },
    allowed: { n: "[0..100]" },
    rows: [["-", "-", "-", '"X"']],
  });
  expect(ids(table.evaluate([1, "A", "2020-02-29"]))).toEqual(["r1"]);
  for (const bad of [
    [1.5, "A", "2020-02-29"],
    ["1", "A", "2020-02-29"],
    [NaN, "A", "2020-02-29"],
    [101, "A", "2020-02-29"],
    [1, "C", "2020-02-29"],
    [1, "A", "2021-02-29"],
    [1, "A"],
  ]) {
    expect(() => table.evaluate(bad)).toThrow(PolicyError);
  }
});

test("more combinations than can be tried are judged row by row, and nothing possible is lost", () => {
  const names = Array.from({ length: 20 }, (_, at) => `c${at}`);
  const table = compileSmall({
    hitPolicy: "COLLECT_SUM",
    inputs: Object.fromEntries(names.map((name) => [name, yesNo])),
    outputs: { points: count },
    rows: names.map((_, at) => [...names.map((_, other) => (other === at ? "true" : "-")), "1"]),
  });
  const result = table.evaluate([true, ...names.slice(1).map(() => unknown)]);
  expect(ids(result)).toEqual(["r1"]);
  expect(result.possible).toHaveLength(19);
  expect(result.aggregateBounds).toEqual({ min: 1, max: 20 });
});
