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
