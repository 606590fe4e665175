import fc from "fast-check";
import { evaluate, unaryTest } from "feelin";
import { PolicyError, type Value } from "../../../../../subgraphs/joint/policy/contract";
import { compileTest, type CellTest } from "../../../../../subgraphs/joint/policy/feel/compile-test";
import { allDomains } from "../arbitrary-cells";
import { count, oneOf, points, text } from "../small-table";

const noNames = new Map();

function compileIfPossible(cell: string, type: Parameters<typeof compileTest>[1]): CellTest | undefined {
  try {
    return compileTest(cell, type, noNames);
  } catch (error) {
    // Cells that nothing can meet are refused, not compiled; that is tested where cells are refused.
    if (error instanceof PolicyError && /no value can meet|range is empty/.test(error.message))
      return undefined;
    throw error;
  }
}

const toFeelin = (value: Value, kind: string): unknown =>
  kind === "date" && value !== null ? evaluate(`date("${String(value)}")`).value : value;

// FEEL: `null < 5` is null and so is its negation, so the cell is not met (DMN 1.3, 10.3.2). feelin says it is.
const isKnownDifference = (cell: string, value: Value) =>
  value === null && cell.startsWith("not(") && /[<>\]()[]/.test(cell.slice(4, -1));

test.each(allDomains.map((domain) => [domain.type.kind, domain] as const))(
  "a cell over a %s means what feelin says it means",
  (kind, domain) => {
    fc.assert(
      fc.property(domain.cell, (cell) => {
        const compiled = compileIfPossible(cell, domain.type);
        if (!compiled) return;
        for (const value of domain.values) {
          if (isKnownDifference(cell, value)) continue;
          const oracle = unaryTest(cell, { "?": toFeelin(value, kind) }).value;
          expect([cell, value, compiled.matches(value)]).toEqual([cell, value, oracle === true]);
        }
      }),
      { numRuns: 60 },
    );
  },
);

test.each(allDomains.map((domain) => [domain.type.kind, domain] as const))(
  "an unknown %s meets a cell exactly when all it may be does",
  (_, domain) => {
    fc.assert(
      fc.property(domain.cell, fc.subarray([...domain.values], { minLength: 1 }), (cell, among) => {
        const compiled = compileIfPossible(cell, domain.type);
        if (!compiled) return;
        const answers = new Set(among.map((value) => compiled.matches(value)));
        const expected = answers.size > 1 ? undefined : [...answers][0];
        expect([cell, among, compiled.test({ unknown: true, among })]).toEqual([cell, among, expected]);
      }),
      { numRuns: 120 },
    );
  },
);

test("an absent value is not less, not more, and not within a range, nor is the contrary said of it", () => {
  for (const cell of ["< 5", "[1..5]", "not(< 5)", "not([1..5])", "5"]) {
    expect([cell, compileTest(cell, count, noNames).matches(null)]).toEqual([cell, false]);
  }
  for (const cell of ["null", "not(5)", "!= 5", "-", "< 5, null"]) {
    expect([cell, compileTest(cell, count, noNames).matches(null)]).toEqual([cell, true]);
  }
});

test("a parameter of fewer digits is taken over, one that would have to be rounded is refused", () => {
  const names = new Map([
    ["whole", { type: count, value: 5 }],
    ["fine", { type: { kind: "number", scale: 2 } as const, value: 525 }],
  ]);
  expect(compileTest(">= whole", points, names).matches(50)).toBe(true);
  expect(compileTest(">= whole", points, names).matches(49)).toBe(false);
  expect(() => compileTest(">= fine", points, names)).toThrow("without rounding");
});

test("a value outside the allowed list meets nothing", () => {
  expect(compileTest('not("A")', oneOf("A", "B"), noNames).matches("C")).toBe(false);
  expect(compileTest('not("A")', text, noNames).matches("C")).toBe(true);
});
