import fc from "fast-check";
import { PolicyError } from "../../../../../subgraphs/joint/policy/contract";
import { readTables } from "../../../../../subgraphs/joint/policy/dmn/read-tables";
import type { NamedValue } from "../../../../../subgraphs/joint/policy/feel/resolve-cell";
import { compileTable } from "../../../../../subgraphs/joint/policy/table/compile-table";
import { TABLE_LIMITS } from "../../../../../subgraphs/joint/policy/table/table-source";

const names = new Map<string, NamedValue>([
  ["score", { type: { kind: "number", scale: 1 } }],
  ["kind", { type: { kind: "string", allowed: ["A", "B"] } }],
  ["on", { type: { kind: "date" } }],
]);

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const rule = (cells: readonly string[], at: number) =>
  `<rule id="r${at}"><description>basis: x\nzh: x\nen: x</description>${cells
    .map((cell) => `<inputEntry><text>${escape(cell)}</text></inputEntry>`)
    .join("")}<outputEntry><text>"A"</text></outputEntry></rule>`;
const file = (rows: readonly (readonly string[])[]) =>
  `<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="n" namespace="x">
  <decision id="t" name="t"><decisionTable hitPolicy="FIRST">
  ${["score", "kind", "on"].map((name) => `<input><inputExpression><text>${name}</text></inputExpression></input>`).join("")}
  <output name="o" typeRef="string"/>${rows.map(rule).join("")}</decisionTable></decision></definitions>`;

/** Reads, compiles and checks; a PolicyError is an answer, anything else or more than a second is a defect. */
async function survive(xml: string): Promise<void> {
  const start = process.cpuUsage();
  try {
    for (const source of await readTables(xml, "fuzz.dmn")) {
      const table = compileTable(source, { names });
      table.evaluate([1, "A", "2020-01-01"]);
      table.check();
    }
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect(error.faults.length).toBeGreaterThan(0);
    expect(error.faults.every((fault) => fault.message.length > 0 && fault.message.length < 2000)).toBe(true);
  }
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1e6).toBeLessThan(1);
}

const whole = file([
  ["> 90", '"A"', 'date("2020-01-01")'],
  ["-", "-", "-"],
]);
const pieces = [
  "<",
  ">",
  "&",
  "&lt;",
  "<!--",
  "]]>",
  "<![CDATA[",
  "<rule>",
  "</rule>",
  "</decision>",
  'id="r0"',
  "\u0000",
  "𠀀",
  "<?x?>",
  "<a:b/>",
  "&#x0;",
  " x=1 ",
  '"',
];

test("damaged XML ends in a clear fault within a second", async () => {
  const damage = fc.tuple(
    fc.nat(whole.length),
    fc.nat(30),
    fc.oneof(fc.constantFrom(...pieces), fc.string()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (changes) => {
      const xml = changes.reduce(
        (text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length),
        whole,
      );
      await survive(xml);
    }),
    { numRuns: 100 },
  );
});

const token = fc.constantFrom(
  "<",
  "<=",
  ">",
  ">=",
  "=",
  "!=",
  "[",
  "]",
  "(",
  ")",
  "..",
  ",",
  "not",
  "-",
  "null",
  "true",
  '"A"',
  '"',
  "1",
  "2.5",
  ".",
  "score",
  "date",
  '"2020-01-01"',
  "@",
  "in",
  "for",
  "if",
  "{",
  "}",
  "+",
  "*",
  "?",
  " ",
  "//",
  "/*",
  "x y",
  "中",
);
const cell = fc.oneof(
  fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
);

test("nonsense in cells ends in a clear fault within a second", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) =>
      survive(file(rows)),
    ),
    { numRuns: 150 },
  );
});

test.each([
  ["deep nesting", `${"(".repeat(480)}1${")".repeat(480)}`],
  ["deep lists", `${"[".repeat(499)}1`],
  ["many negations", "not(".repeat(249)],
  ["a long list", Array.from({ length: 300 }, (_, at) => at).join(",")],
  ["many minus signs", "-".repeat(999)],
  ["an unclosed text", `"${"a".repeat(900)}`],
])("%s in a cell is met within a second", async (_, text) => {
  await survive(file([[text, "-", "-"]]));
});

test("the largest table that is read is compiled and checked within a second", async () => {
  const rows = Array.from({ length: TABLE_LIMITS.rowsMax }, (_, at) => [
    `[${at}..${at + 0.5}]`,
    '"A"',
    '>= date("2019-01-01")',
  ]);
  const xml = file(rows);
  await survive(xml);
  const [source] = await readTables(xml, "large.dmn");
  expect(compileTable(source!, { names }).evaluate([4000, "A", "2020-01-01"]).rows[0]?.id).toBe("r400");
});

test("elements nested ten thousand deep are a fault, not a crash", async () => {
  await survive(`${whole.slice(0, 200)}${"<extensionElements>".repeat(10_000)}`);
});
