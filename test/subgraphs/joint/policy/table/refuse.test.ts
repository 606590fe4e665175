import { PolicyError } from "../../../../../subgraphs/joint/policy/contract";
import { compileSmall, count, day, oneOf, points, text, yesNo } from "../small-table";

const inputs = { n: points, kind: oneOf("A", "B"), on: day, open: yesNo };
const fine = { hitPolicy: "UNIQUE", inputs, outputs: { o: oneOf("X", "Y") } } as const;

function faultsOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
  return [];
}

test.each([
  ["a text in a number column", '"A"', 0, "the cell holds the text"],
  ["a number in a date column", "3", 2, "the cell holds the number 3"],
  ["a bare text in a date column", '"2019-01-01"', 2, "a date is written"],
  ["a value that is not allowed", '"C"', 1, '"C" is not one of "A", "B"'],
  ["a word without quotes", "A", 1, "'A' is not a known name"],
  ["more digits than the column holds", "> 1.25", 0, "2 digits after the point"],
  ["an empty range", "[5..3]", 0, "the range is empty"],
  ["a range that is empty because it is open", "(5..5.1)", 0, "the range is empty"],
  ["a day that does not exist", 'date("2019-02-30")', 2, "'2019-02-30' is not a day"],
  ["an instant", 'date and time("2019-02-03T00:00:00")', 2, "outside the profile"],
  ["arithmetic", "> 1 + 1", 0, "outside the profile"],
  ["a function", "> max(1, 2)", 0, "outside the profile"],
  ["a comparison of the value itself", "? > 1", 0, "outside the profile"],
  ["a broken cell", "> ", 0, "is not S-FEEL"],
  ["an unclosed text", '"A', 1, "is not S-FEEL"],
  ["an order among texts", '< "B"', 1, "needs a number or a date"],
  ["a cell nothing can meet", "not(true, false)", 3, undefined],
  ["an order with null", "> null", 0, "null has no order"],
  ["itself", "> n", 0, "compared with itself"],
  ["an input of another type", "> on", 0, "'on' is a date"],
  ["a number too large", "> 99999999999999999", 0, "too large"],
  ["scientific notation", "1e5", 0, "not a plain decimal"],
  ["a very long cell", `> ${"1".repeat(1000)}`, 0, "1002 characters"],
  ["a comment", "1 // one", 0, "outside the profile"],
  ["a list literal", "[1, 2]", 0, "outside the profile"],
])("refuses %s", (_, cell, column, message) => {
  const row = ["-", "-", "-", "-", '"X"'];
  row[column] = cell;
  const faults = faultsOf(() => compileSmall({ ...fine, rows: [row] }));
  if (message === undefined) return expect(faults).toEqual([]);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({
    file: "small.dmn",
    table: "small",
    row: "r1",
    column: Object.keys(inputs)[column],
  });
  expect(faults[0]!.message).toContain(message);
});

test("all faults of a table are told at once", () => {
  const faults = faultsOf(() =>
    compileSmall({
      ...fine,
      rows: [
        ["> oops", '"C"', "-", "-", '"Z"'],
        ["-", "-", "-", "maybe", ""],
      ],
    }),
  );
  expect(faults.map(({ row, column }) => `${row} ${column}`).sort()).toEqual([
    "r1 kind",
    "r1 n",
    "r1 o",
    "r2 o",
    "r2 open",
  ]);
});

test("refuses inputs that nobody knows, and names that stand twice", () => {
  const source = { ...fine, rows: [["-", "-", "-", "-", '"X"']] };
  expect(faultsOf(() => compileSmall({ ...source, outputs: { n: text } }))[0]!.message).toContain(
    "two columns",
  );
});

test("refuses what a hit policy cannot work with", () => {
  const rows = [["1", "1"]];
  const table = { inputs: { n: count }, outputs: { o: text } };
  expect(
    faultsOf(() => compileSmall({ ...table, hitPolicy: "PRIORITY", rows: [["1", '"X"']] }))[0]!.message,
  ).toContain("PRIORITY needs");
  expect(
    faultsOf(() => compileSmall({ ...table, hitPolicy: "COLLECT_SUM", rows: [["1", '"X"']] }))[0]!.message,
  ).toContain("needs a number output");
  expect(
    faultsOf(() =>
      compileSmall({
        inputs: { n: count },
        outputs: { o: count },
        hitPolicy: "COLLECT_MAX",
        rows: [...rows, ["2", "null"]],
      }),
    )[0]!.message,
  ).toContain("null cannot be aggregated");
});
