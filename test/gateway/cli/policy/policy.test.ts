import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSheet } from "read-excel-file/node";
import writeXlsxFile from "write-excel-file/node";
import { run } from "../../../../gateway/cli/policy";
import { repositoryRoot } from "../../../../schema/root";

const scheme = "nb-smart-safety/2013.1";
let folder: string;
let pack: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hub-policy-"));
  pack = join(folder, scheme);
  cpSync(join(repositoryRoot, "subgraphs/joint/policies", scheme), pack, { recursive: true });
  printed = [];
  const print = (line: unknown) => void printed.push(String(line));
  jest.spyOn(console, "log").mockImplementation(print);
  jest.spyOn(console, "error").mockImplementation(print);
  jest.spyOn(process.stdout, "write").mockImplementation((text) => (print(text), true));
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const change = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(pack, file), "utf8");
  if (!text.includes(from)) throw new Error(`${from} does not stand in ${file}`);
  writeFileSync(join(pack, file), text.replace(from, to));
};

test("a pack in order passes the check, gaps are told", async () => {
  expect(await run(["check", folder])).toBe(0);
  expect(printed.join("\n")).toMatch(/GAP: no row answers these inputs, e\.g\. /);
  expect(printed.at(-1)).toBe("nothing is wrong");
});

test("all that is wrong with a pack is told with file, table, row and column", async () => {
  change("grade.dmn", "&gt;= gradeBands_A", "&gt;= gradeBands_Z");
  change("insurance.dmn", '"A","B"', '"A","E"');
  expect(await run(["check", pack])).toBe(1);
  expect(printed.join("\n")).toContain(
    "grade.dmn, grade, row NB-BAND-A, column score: 'gradeBands_Z' is not a known name",
  );
  expect(printed.join("\n")).toMatch(
    /insurance\.dmn, insurance, row NB-INS-DOWN, column grade: "E" is not one of/,
  );
});

test("an input that nothing gives is told with its table and column", async () => {
  change("traffic.dmn", "<text>netCreditLoss</text>", "<text>creditLoss</text>");
  expect(await run(["check", pack])).toBe(1);
  expect(printed[0]).toBe(
    `${scheme}/traffic.dmn, traffic, column creditLoss: unknown input 'creditLoss': no indicator, table or parameter has this name`,
  );
});

test("rows that overlap under UNIQUE fail the check", async () => {
  change(
    "traffic.dmn",
    "</decisionTable>",
    `<rule id="TWICE"><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>
    <outputEntry><text>"TRAFFIC_SUPERVISION_BLACKLIST"</text></outputEntry>
    <annotationEntry><text>x</text></annotationEntry><annotationEntry><text>x</text></annotationEntry><annotationEntry><text>x</text></annotationEntry></rule></decisionTable>`,
  );
  expect(await run(["check", pack])).toBe(1);
  expect(printed.join("\n")).toContain("fault: OVERLAP NB-TRAFFIC-1, TWICE");
});

// Each damage with all that is told of it: nothing more, so that one mistake is not told as many.
test.each<[string, [file: string, from: string, to: string][], RegExp[]]>([
  [
    "a text in a column of numbers",
    [["grade.dmn", "&gt;= gradeBands_A", '"A"']],
    [/grade\.dmn, grade, row NB-BAND-A, column score: the cell holds the text "A"/],
  ],
  [
    "an empty range",
    [["grade.dmn", "&gt;= gradeBands_A", "[90..80]"]],
    [/grade\.dmn, grade, row NB-BAND-A, column score: the range is empty/],
  ],
  [
    "a measure that is not in the catalogue",
    [["insurance.dmn", '"INSURANCE_RATE_DOWN"', '"INSURANCE_RATE_DWN"']],
    [/insurance\.dmn, insurance, row NB-INS-DOWN, column measure: 'INSURANCE_RATE_DWN' is not declared/],
  ],
  [
    "an id twice in a table",
    [["insurance.dmn", 'id="NB-INS-FLOOR-A"', 'id="NB-INS-DOWN"']],
    [/insurance\.dmn: line 27: the id 'NB-INS-DOWN' stands here a second time/],
  ],
  [
    "an id in two tables",
    [["insurance.dmn", 'id="NB-INS-DOWN"', 'id="NB-BAND-A"']],
    [/insurance\.dmn, insurance, row NB-BAND-A: table grade has a row with this id/],
  ],
  [
    "broken XML",
    [["insurance.dmn", "</decisionTable>", "</decisionTabel>"]],
    [/insurance\.dmn: not a DMN file: line 43: closing tag mismatch/],
  ],
  [
    "an entity that would grow",
    [["insurance.dmn", "<definitions", '<!DOCTYPE x [<!ENTITY a "aaaa">]><definitions']],
    [/insurance\.dmn: a document type or an entity is declared/],
  ],
  [
    "a day that does not exist",
    [["scheme.yaml", "effectiveFrom: 2013-01-01", "effectiveFrom: 2013-02-30"]],
    [/scheme\.yaml: effectiveFrom: an existing day is written YYYY-MM-DD, not "2013-02-30"/],
  ],
  [
    "a measure without basis",
    [
      [
        "scheme.yaml",
        "    nationalClass: PREFERENCES\n    basis: LOCAL_POLICY\n",
        "    nationalClass: PREFERENCES\n",
      ],
    ],
    [/scheme\.yaml: measures\.TAX_REBATE_CANCEL\.basis: /],
  ],
  [
    "an indicator of a field that is not there, on which two tables rest",
    [["scheme.yaml", "field: level", "field: levl"]],
    [/scheme\.yaml: indicator certificateLevel: StandardizationCertificate has no field 'levl'/],
  ],
  [
    "a table under another name",
    [["scheme.yaml", "file: insurance.dmn", "file: insurence.dmn"]],
    [/insurance\.dmn: scheme\.yaml does not list this table/, /tables: insurence\.dmn is not in the folder/],
  ],
  [
    "many things at once, in what can be read and what cannot",
    [
      ["grade.dmn", "&gt;= gradeBands_A", "[90..80]"],
      ["insurance.dmn", "</decisionTable>", "</decisionTabel>"],
      ["tendering.dmn", '"BID_SECTION_RESTRICT"', '"X"'],
      ["scheme.yaml", "purpose: REBATE", "purpose: REBAT"],
      ["scheme.yaml", "field: level", "field: levl"],
    ],
    [
      /measures\.TAX_REBATE_CANCEL\.purpose: .*not "REBAT"/,
      /insurance\.dmn: not a DMN file/,
      /indicator certificateLevel: /,
      /row NB-BAND-A, column score: the range is empty/,
      /row NB-BID-SECTION, column measure: 'X' is not declared/,
    ],
  ],
])("%s is told by its place, in one go, and once", async (_damage, changes, told) => {
  for (const [file, from, to] of changes) change(file, from, to);
  expect(await run(["check", pack])).toBe(1);
  const lines = printed.flatMap((text) => text.split("\n")).filter((line) => !line.includes("note: "));
  expect(lines.slice(0, -1)).toEqual(told.map((pattern) => expect.stringMatching(pattern) as string));
  expect(lines.at(-1)).toBe(told.length === 1 ? "1 fault" : `${told.length} faults`);
});

test("an overlap is told beside a table that cannot be read", async () => {
  change("insurance.dmn", "</decisionTable>", "</decisionTabel>");
  change("grade.dmn", "&gt;= gradeBands_B", "&gt;= 0");
  await run(["check", pack]);
  expect(printed.join("\n")).toMatch(/closing tag mismatch[\s\S]*grade, fault: /);
});

test("a comparison names parameters, measures and states that were added, removed or changed, and no others", async () => {
  const original = join(repositoryRoot, "subgraphs/joint/policies", scheme);
  change("scheme.yaml", "    value: [D]", "    value: [C, D]");
  change(
    "scheme.yaml",
    "    outcome: RESTRICTED\n    nationalClass: PRUDENT_CREDIT",
    "    outcome: BARRED\n    nationalClass: PRUDENT_CREDIT",
  );
  change(
    "scheme.yaml",
    "  dynamicPoints:\n",
    "  inspections:\n    { label: { zh: 检查, en: Inspections }, facts: Inspection, aggregate: count }\n  dynamicPoints:\n",
  );
  change("scheme.yaml", "  - 得分为基本分加动态分，限于0至100分；动态分只扣不加。\n", "");
  expect(await run(["diff", "nb-smart-safety/2013.1", pack])).toBe(0);
  const lines = printed.filter((line) => !line.includes("indicators.inspections."));
  expect(lines).toEqual([
    '- scheme.yaml readings.得分为基本分加动态分，限于0至1…: "得分为基本分加动态分，限于0至100分；动态分只扣不加。"',
    '~ scheme.yaml parameters.bidSectionRestrictedGrades.value: ["D"] -> ["C","D"]',
    '~ scheme.yaml measures.LOAN_RESTRICT.outcome: "RESTRICTED" -> "BARRED"',
    "readings changed: 得分为基本分加动态分，限于0至1…",
    "parameters changed: bidSectionRestrictedGrades",
    "measures changed: LOAN_RESTRICT",
    "indicators changed: inspections",
    "0 rows added, 0 removed, 0 changed",
  ]);
  printed = [];
  expect(await run(["diff", original, original])).toBe(0);
  expect(printed).toEqual(["0 rows added, 0 removed, 0 changed"]);
});

test("a state that is put between others is one change, and so is the order of two", async () => {
  const punish = join(folder, "my-integrity-punish/2018.1");
  cpSync(join(repositoryRoot, "subgraphs/joint/policies/my-integrity-punish/2018.1"), punish, {
    recursive: true,
  });
  const file = join(punish, "scheme.yaml");
  const text = readFileSync(file, "utf8");
  const state = "      - { state: REMOVAL_REFUSED_LATE, when: { application: [LATE] } }\n";
  writeFileSync(file, text.replace(state, `      - { state: ON_HOLD, when: { started: true } }\n${state}`));
  await run(["diff", "my-integrity-punish/2018.1", punish]);
  const places = printed.slice(0, -2).map((line) => /procedures\.REMOVAL\.states\.([^.]*)\./.exec(line)?.[1]);
  expect(new Set(places)).toEqual(new Set(["ON_HOLD"]));
  printed = [];
  const early = "      - { state: REMOVAL_REFUSED_TOO_EARLY, when: { application: [TOO_EARLY] } }\n";
  writeFileSync(file, text.replace(early + state, state + early));
  await run(["diff", "my-integrity-punish/2018.1", punish]);
  expect(printed[0]).toMatch(/^~ scheme\.yaml procedures\.REMOVAL\.states\.\(order\): /);
  expect(printed).toHaveLength(3);
});

test("what is not there is said in a sentence", async () => {
  await expect(run(["check", "/nowhere"])).rejects.toThrow("there is no folder /nowhere");
  await expect(run(["show", folder])).rejects.toThrow(/there is no pack .* a scheme\.yaml/);
  const table = join(pack, "grade.dmn");
  await expect(run(["import", join(folder, "no.xlsx"), "--into", table])).rejects.toThrow(
    /there is no file .*no\.xlsx/,
  );
  await expect(run(["import", table, "--into", table])).rejects.toThrow(/cannot be read as a spreadsheet/);
});

test("a comparison tells changed cells and parameters", async () => {
  const original = join(repositoryRoot, "subgraphs/joint/policies", scheme);
  change("insurance.dmn", '<text>"A","B"</text>', '<text>"A"</text>');
  change("scheme.yaml", "version: ", "# changed\nversion: ");
  expect(await run(["diff", original, pack])).toBe(0);
  expect(printed).toContain('~ insurance, NB-INS-DOWN, grade: "A","B" -> "A"');
  expect(printed.at(-1)).toBe("0 rows added, 0 removed, 1 changed");
});

test("a table goes out to a spreadsheet, is changed there, and comes back through the compiler", async () => {
  const table = join(pack, "insurance.dmn");
  const sheet = join(folder, "insurance.xlsx");
  expect(await run(["export", table, "--out", sheet])).toBe(0);
  const lines = (await readSheet(sheet)) as (string | null)[][];
  const cell = lines[2]!.indexOf('"A","B"');
  lines[2]![cell] = '"A"';
  await writeXlsxFile(lines).toFile(sheet);
  expect(await run(["import", sheet, "--into", table])).toBe(0);
  expect(await run(["diff", join(repositoryRoot, "subgraphs/joint/policies", scheme), pack])).toBe(0);
  expect(printed).toContain('~ insurance, NB-INS-DOWN, grade: "A","B" -> "A"');
  lines[2]![cell] = '"Z"';
  await writeXlsxFile(lines).toFile(sheet);
  const before = readFileSync(table, "utf8");
  expect(await run(["import", sheet, "--into", table])).toBe(1);
  expect(printed.at(-1)).toMatch(/row NB-INS-DOWN, column grade: "Z" is not one of/);
  expect(readFileSync(table, "utf8")).toBe(before);
});

test("a pack is shown whole, as text and as a page without scripts", async () => {
  expect(await run(["show", pack])).toBe(0);
  expect(printed.join("")).toMatch(/NB-INS-DOWN[\s\S]*"A","B"/);
  printed = [];
  expect(await run(["show", pack, "--html"])).toBe(0);
  expect(printed.join("")).toMatch(/<th scope="row">NB-INS-DOWN<\/th>/);
  expect(printed.join("")).not.toMatch(/<script|https?:\/\/|onload/);
});

test("the examples of every pack hold (if a table was changed: npm run hub -- policy examples DIR, and read what it writes)", async () => {
  await run(["check", join(repositoryRoot, "subgraphs/joint/policies")]);
  expect(printed.filter((line) => line.includes("examples.json"))).toEqual([]);
});

test("a changed cell is noticed by the examples, and missing examples are found by changing cells", async () => {
  const small = join(folder, "nb-lift-maintenance/2015.1");
  cpSync(join(repositoryRoot, "subgraphs/joint/policies/nb-lift-maintenance/2015.1"), small, {
    recursive: true,
  });
  expect(await run(["mutate", small])).toBe(0);
  expect(printed.at(-1)).toMatch(/ 0 not covered/);
  writeFileSync(join(small, "examples.json"), "[]\n");
  expect(await run(["mutate", small])).toBe(1);
  expect(printed.join("\n")).toMatch(/no case covers /);
  expect(await run(["examples", small])).toBe(0);
  expect(await run(["mutate", small])).toBe(0);
  change("insurance.dmn", '<text>"A","B"</text>', '<text>"A"</text>');
  expect(await run(["check", pack])).toBe(1);
  expect(printed.join("\n")).toMatch(
    /nb-smart-safety\/2013\.1\/examples\.json: insurance \{"grade":"\\"B\\""/,
  );
});

test("an unknown subcommand is answered with the usage", async () => {
  expect(await run(["chek"])).toBe(2);
  expect(printed.join()).toContain("check DIR");
});
