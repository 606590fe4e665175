import { mutateTable } from "../../../../subgraphs/joint/policy/compare/mutations";
import { compileSmall, day, oneOf, points, smallSource, text, yesNo } from "./small-table";

const table = {
  hitPolicy: "FIRST",
  inputs: { score: points, kind: text },
  outputs: { grade: oneOf("A", "B"), bonus: points, open: yesNo },
  rows: [
    ["[60..70.5]", 'not("X1")', '"A"', "5", "true"],
    ["-", '"Y"', '"B"', "-1", "false"],
  ],
} as const;

const changes = mutateTable(smallSource(table), compileSmall(table));
const of = (row: string, column: string) =>
  changes.filter((one) => one.row === row && one.column === column).map(({ after }) => after);

test("a condition is dropped, turned round, and moved by one unit at each of its ends", () => {
  expect(of("r1", "score")).toEqual([
    "-",
    "not([60..70.5])",
    "[60.1..70.5]",
    "[59.9..70.5]",
    "[60..70.6]",
    "[60..70.4]",
  ]);
  expect(of("r1", "kind")).toEqual(["-", '"X1"']);
  expect(of("r2", "score")).toEqual(["null", "not(null)"]);
});

test("a day is moved to the day before and after", () => {
  const since = compileSmall({
    hitPolicy: "FIRST",
    inputs: { on: day },
    outputs: { o: yesNo },
    rows: [['>= date("2019-03-01")', "true"]],
  });
  const source = smallSource({
    hitPolicy: "FIRST",
    inputs: { on: day },
    outputs: { o: yesNo },
    rows: [['>= date("2019-03-01")', "true"]],
  });
  const texts = mutateTable(source, since).map(({ after }) => after);
  expect(texts).toEqual([
    "-",
    'not(>= date("2019-03-01"))',
    '>= date("2019-03-02")',
    '>= date("2019-02-28")',
    "false",
  ]);
});

test("an output becomes another that the table knows", () => {
  expect(of("r1", "grade")).toEqual(['"B"']);
  expect(of("r2", "grade")).toEqual(['"A"']);
  expect(of("r1", "bonus")).toEqual(["5.1"]);
  expect(of("r2", "open")).toEqual(["true"]);
});

test("every cell is changed, one at a time, and the changed table still compiles", () => {
  expect(new Set(changes.map(({ row, column }) => `${row} ${column}`)).size).toBe(10);
  for (const { source, row, column, after } of changes) {
    const cells = source.rows.map((one) => [...one.inputs, ...one.outputs]);
    const differing = cells.flatMap((line, at) =>
      line.filter((cell, column) => cell !== table.rows[at]![column]),
    );
    expect([row, column, differing]).toEqual([row, column, [after]]);
    expect(() => compileSmall({ ...table, rows: cells })).not.toThrow();
  }
});
