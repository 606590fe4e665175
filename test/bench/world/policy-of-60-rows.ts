/** A policy as large as the largest pack: 20 grounds, 15 deductions, 5 grades, 20 outcomes; and facts drawn by a fixed seed. */
import type { ColumnType, CompiledTable, HitPolicy, Input } from "../../../subgraphs/joint/policy/contract";
import type { NamedValue } from "../../../subgraphs/joint/policy/feel/resolve-cell";
import { compileTable } from "../../../subgraphs/joint/policy/table/compile-table";

/** The four tables of the policy. */
export interface PolicyTables {
  readonly grounds: CompiledTable;
  readonly points: CompiledTable;
  readonly grade: CompiledTable;
  readonly outcome: CompiledTable;
}

const count: ColumnType = { kind: "number", scale: 0 };
const points: ColumnType = { kind: "number", scale: 1 };
const yuan: ColumnType = { kind: "number", scale: 2 };
const yesNo: ColumnType = { kind: "boolean" };
const word = (...allowed: string[]): ColumnType => ({ kind: "string", allowed });
const ACCIDENTS = word("ORDINARY", "LARGER", "GRAVE", "EXTRAORDINARY");
const GRADES = word("A", "B", "C", "D");

/** What is known of an enterprise: the inputs of `grounds` and `points`. */
const FACTS: readonly (readonly [name: string, type: ColumnType])[] = [
  ["fatalAccidents", count],
  ["worstAccident", ACCIDENTS],
  ["licensed", yesNo],
  ["taxArrears", yuan],
  ["wageArrears", yuan],
  ["violations", count],
  ["lastPenaltyOn", { kind: "date" }],
  ["overdueLoan", yesNo],
];

export function compilePolicy(): PolicyTables {
  return {
    grounds: table(
      "grounds",
      { hitPolicy: "COLLECT", inputs: FACTS, outputs: [["ground", word(...groundNames())]] },
      groundRows(),
    ),
    points: table(
      "points",
      { hitPolicy: "COLLECT_SUM", inputs: FACTS, outputs: [["deduction", points]] },
      pointRows(),
    ),
    grade: table(
      "grade",
      { hitPolicy: "UNIQUE", inputs: [["deductions", points]], outputs: [["grade", GRADES]] },
      [
        ["null", '"A"'],
        ["> -10", '"A"'],
        ["(-20..-10]", '"B"'],
        ["(-40..-20]", '"C"'],
        ["<= -40", '"D"'],
      ],
    ),
    outcome: table(
      "outcome",
      {
        hitPolicy: "FIRST",
        inputs: [
          ["listed", count],
          ["grade", GRADES],
          ["fatalAccidents", count],
          ["taxArrears", yuan],
        ],
        outputs: [["outcome", word("BARRED", "RESTRICTED", "NORMAL", "FAVOURED")]],
      },
      outcomeRows(),
    ),
  };
}

/** Facts of so many enterprises; each input is unknown with the given probability. */
export function drawFacts(
  enterprises: number,
  { silentShare }: { readonly silentShare: number },
): readonly (readonly Input[])[] {
  let state = 20_261_123;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const accidents = ["ORDINARY", "LARGER", "GRAVE", "EXTRAORDINARY"];
  return Array.from({ length: enterprises }, () => {
    const facts: Input[] = [
      draw(5),
      draw(2) === 0 ? null : accidents[draw(4)]!,
      draw(10) > 0,
      draw(3) * draw(20_000_000),
      draw(3) * draw(5_000_000),
      draw(30),
      draw(3) === 0 ? null : `20${10 + draw(15)}-0${1 + draw(9)}-1${draw(10)}`,
      draw(5) === 0,
    ];
    return facts.map((fact) => (draw(1000) < silentShare * 1000 ? { unknown: true } : fact));
  });
}

interface Shape {
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly (readonly [name: string, type: ColumnType])[];
  readonly outputs: readonly (readonly [name: string, type: ColumnType])[];
}

function table(
  name: string,
  { hitPolicy, inputs, outputs }: Shape,
  rows: readonly (readonly string[])[],
): CompiledTable {
  const names = new Map(inputs.map(([input, type]): [string, NamedValue] => [input, { type }]));
  const columns = (shape: Shape["inputs"]) =>
    shape.map(([column, type]) => ({ name: column, label: column, type }));
  return compileTable(
    {
      file: `${name}.dmn`,
      name,
      label: name,
      hitPolicy,
      inputs: columns(inputs),
      outputs: columns(outputs),
      rows: rows.map((cells, at) => ({
        id: `${name}-${at + 1}`,
        inputs: cells.slice(0, inputs.length),
        outputs: cells.slice(inputs.length),
        legalBasis: "Article 1",
        text: { zh: "甲", en: "one" },
      })),
    },
    { names },
  );
}

const any = FACTS.map(() => "-");
const row = (cells: Readonly<Record<number, string>>, output: string) => [
  ...any.map((cell, at) => cells[at] ?? cell),
  output,
];
const groundNames = () => Array.from({ length: 20 }, (_, at) => `GROUND_${at + 1}`);

// Grounds look at one to three facts each, as those of the packs do.
function groundRows(): string[][] {
  return groundNames().map((name, at) => {
    const variants: Record<number, string>[] = [
      { 0: `>= ${1 + (at % 4)}`, 2: "true" },
      { 1: at % 2 === 0 ? '"GRAVE","EXTRAORDINARY"' : 'not("ORDINARY", null)', 0: `> ${at % 3}` },
      { 2: "false", 5: `[${at}..${at + 10}]` },
      { 3: `> ${100_000 + at * 1000}`, 6: '>= date("2019-01-01")' },
      { 4: `[${1000 * at}..50000]`, 7: "true", 5: ">= 2" },
    ];
    return row(variants[at % variants.length]!, `"${name}"`);
  });
}

function pointRows(): string[][] {
  return Array.from({ length: 15 }, (_, at) => {
    const variants: Record<number, string>[] = [
      { 5: `[${2 * at}..${2 * at + 1}]` },
      { 0: String(1 + (at % 4)) },
      { 3: `> ${20_000 * at}` },
    ];
    return row(variants[at % variants.length]!, `-${1 + at}.5`);
  });
}

function outcomeRows(): string[][] {
  const grades = ['"D"', '"C"', '"B"', '"A"'];
  const barred = grades.map((grade) => ["1", grade, ">= 3", "-", '"BARRED"']);
  const restricted = grades.flatMap((grade) => [
    ["1", grade, "-", "> 100000", '"BARRED"'],
    ["1", grade, "-", "-", '"RESTRICTED"'],
  ]);
  const unlisted = grades.flatMap((grade) => [
    ["0", grade, "-", "> 50000", grade === '"D"' ? '"RESTRICTED"' : '"NORMAL"'],
    ["0", grade, "-", "-", grade === '"A"' ? '"FAVOURED"' : '"NORMAL"'],
  ]);
  return [...barred, ...restricted, ...unlisted];
}
