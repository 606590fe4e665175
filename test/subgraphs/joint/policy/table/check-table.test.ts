import fc from "fast-check";
import { PolicyError, type Finding, type HitPolicy } from "../../../../../subgraphs/joint/policy/contract";
import { enumDomain, numberDomain } from "../arbitrary-cells";
import { compileSmall, count, oneOf, points, text, yesNo } from "../small-table";

type Small = Parameters<typeof compileSmall>[0];
const check = (table: Small): readonly Finding[] => compileSmall(table).check();

test("bands that meet without a gap are found complete and apart", () => {
  const rows = [
    ["< 60", '"C"'],
    ["[60..90)", '"B"'],
    [">= 90", '"A"'],
  ];
  expect(check({ hitPolicy: "UNIQUE", inputs: { n: points }, outputs: { o: text }, rows })).toEqual([]);
});

test("a gap is shown with inputs that fall into it", () => {
  const rows = [
    ["< 60", "-", '"C"'],
    ["> 60", "true", '"B"'],
  ];
  const [gap, ...more] = check({
    hitPolicy: "UNIQUE",
    inputs: { n: points, b: yesNo },
    outputs: { o: text },
    rows,
  });
  expect(more).toEqual([]);
  expect(gap).toMatchObject({ kind: "GAP", example: { n: 600 } });
});

test("an overlap is shown with both rows and inputs that both take", () => {
  const table: Small = {
    hitPolicy: "UNIQUE",
    inputs: { n: count, e: oneOf("A", "B") },
    outputs: { o: text },
    rows: [
      ["<= 5", "-", '"X"'],
      [">= 5", '"B"', '"X"'],
      ["> 5", '"A"', '"Y"'],
    ],
  };
  expect(check(table)).toMatchObject([{ kind: "OVERLAP", rows: ["r1", "r2"], example: { n: 5, e: "B" } }]);
  expect(check({ ...table, hitPolicy: "ANY" })).toEqual([]);
});

test("a row behind rows that answer all its inputs together is unreachable", () => {
  const table: Small = {
    hitPolicy: "FIRST",
    inputs: { n: count, b: yesNo },
    outputs: { o: oneOf("X", "Y") },
    rows: [
      ["< 5", "true", '"X"'],
      ["-", "not(true)", '"Y"'],
      ["< 3", "-", '"Y"'],
      ["-", "-", '"X"'],
    ],
  };
  expect(check(table)).toMatchObject([{ kind: "UNREACHABLE", rows: ["r3"] }]);
  const byPreference: Small = { ...table, hitPolicy: "PRIORITY", allowed: { o: '"X", "Y"' } };
  expect(check(byPreference).map(({ rows }) => rows)).toEqual([["r2"], ["r3"]]);
});

test("says so when cells depend on other inputs or combinations are too many", () => {
  const dependent = check({
    hitPolicy: "UNIQUE",
    inputs: { paid: count, due: count },
    outputs: { o: text },
    rows: [
      [">= due", "-", '"X"'],
      ["< due", "-", '"Y"'],
    ],
  });
  expect(dependent.map(({ kind }) => kind)).toEqual(["NOT_PROVEN", "NOT_PROVEN"]);
  const names = Array.from({ length: 40 }, (_, at) => `c${at}`);
  const parity = check({
    hitPolicy: "FIRST",
    inputs: Object.fromEntries(names.map((name) => [name, count])),
    outputs: { o: text },
    rows: names.map((_, row) => [
      ...names.map((_, at) => (at === row || at === (row * 7 + 3) % 40 ? `[${row}..40]` : "-")),
      '"X"',
    ]),
  });
  expect(["GAP", "NOT_PROVEN"]).toContain(parity[0]!.kind);
});

const rows = fc.array(fc.tuple(numberDomain.cell, enumDomain.cell, fc.constantFrom('"X"', '"Y"')), {
  minLength: 1,
  maxLength: 5,
});

test.each<HitPolicy>(["UNIQUE", "ANY", "FIRST"])(
  "what is found of %s tables is what trying every input finds",
  (hitPolicy) => {
    fc.assert(
      fc.property(rows, (cells) => {
        const table: Small = {
          hitPolicy,
          inputs: { n: numberDomain.type, e: enumDomain.type },
          outputs: { o: oneOf("X", "Y") },
          rows: cells,
        };
        let findings;
        try {
          findings = check(table);
        } catch (error) {
          if (error instanceof PolicyError) return;
          throw error;
        }
        const compiled = compileSmall(table);
        const decided = new Set<string>();
        let broken = false;
        let gap = false;
        const gapSpeaksOfNull = findings.some(({ example }) => Object.values(example ?? {}).includes(null));
        for (const n of numberDomain.values) {
          for (const e of enumDomain.values) {
            try {
              const [row] = compiled.evaluate([n, e]).rows;
              if (row) decided.add(row.id);
              else if (gapSpeaksOfNull || (n !== null && e !== null)) gap = true;
            } catch {
              broken = true;
            }
          }
        }
        const kinds = new Set(findings.map(({ kind }) => kind));
        expect([cells, kinds.has("OVERLAP")]).toEqual([cells, broken]);
        if (!broken && gap) expect([cells, kinds.has("GAP")]).toEqual([cells, true]);
        if (kinds.has("GAP") && !broken) expect([cells, gap]).toEqual([cells, true]);
        if (hitPolicy !== "FIRST") return;
        const dead = compiled.rows.map((row) => row.id).filter((id) => !decided.has(id));
        expect([
          cells,
          findings.filter(({ kind }) => kind === "UNREACHABLE").flatMap((one) => one.rows),
        ]).toEqual([cells, dead]);
      }),
      { numRuns: 150 },
    );
  },
);
