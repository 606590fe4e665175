/** Packs that are refused, and why; all faults at once, each with its place. */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../../../schema/root";
import { PolicyError } from "../../../../../subgraphs/joint/policy/contract";
import { loadPacks } from "../../../../../subgraphs/joint/policy/pack/load-packs";

const shipped = join(repositoryRoot, "subgraphs/joint/policies/nb-smart-safety/2013.1");
let folder: string;
let pack: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "packs-"));
  pack = join(folder, "nb-smart-safety", "2013.1");
  await cp(shipped, pack, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(pack, file), "utf8");
  expect(text).toContain(from);
  await writeFile(join(pack, file), text.replace(from, to));
}

async function faultsOf(): Promise<readonly string[]> {
  try {
    await loadPacks(folder);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.faults.map(({ file, table, row, message }) =>
      [file, table, row, message].filter(Boolean).join(" | "),
    );
  }
}

const scheme = "nb-smart-safety/2013.1/scheme.yaml";

test("a pack as it ships is not refused", async () => {
  expect(await faultsOf()).toEqual([]);
});

test.each([
  [
    "a field that the fact type does not have",
    "field: level",
    "field: lvl",
    /indicator certificateLevel: .*no field 'lvl'/,
  ],
  [
    "a fact type that nobody records",
    "facts: TaxRebate",
    "facts: TaxGift",
    /rebateAmount: there is no fact type 'TaxGift'/,
  ],
  [
    "a department that does not record the type",
    "departments: [TRANSPORT]",
    "departments: [FINANCE]",
    /FINANCE does not record/,
  ],
  ["a key that is not known", "historical: true", "historical: true\nhistoric: true", /historic/],
  [
    "a name that nothing gives",
    "by: sector",
    "by: sektor",
    /pick determinedGrade reads 'sektor', which nothing gives/,
  ],
  [
    "a list parameter that is not there",
    "in: guaranteeFloatGrades",
    "in: floatGrades",
    /'floatGrades' is no list parameter/,
  ],
  [
    "a measure that overrides an unknown one",
    "overrides: [INSURANCE_RATE_DOWN]",
    "overrides: [RATE_DOWN]",
    /overrides unknown RATE_DOWN/,
  ],
  ["an id that is not that of its folder", "id: nb-smart-safety", "id: nb-other", /it says nb-other 2013.1/],
  [
    "a filter that is not of the field's type",
    "where: { scheme: '\"nb-smart-safety\"' }",
    "where: { scheme: '> 3' }",
    /where scheme/,
  ],
  [
    "a route to what nothing gives",
    "results:",
    "routes:\n  - { name: SUPERVISION, label: { zh: 主管, en: In charge }, to: nobody }\nresults:",
    /route SUPERVISION: 'nobody' is not known/,
  ],
  [
    "a first day of publication that is no date",
    "results:",
    "publicationSince: gradeBands\nresults:",
    /publicationSince: 'gradeBands' is no parameter of type date/,
  ],
  [
    "a told value that nothing gives",
    "results: {",
    "results: { told: [hearsay],",
    /results: told 'hearsay' is not known/,
  ],
])("%s is refused", async (_what, from, to, message) => {
  await change("scheme.yaml", from, to);
  const faults = await faultsOf();
  expect(faults.every((fault) => fault.startsWith("nb-smart-safety/2013.1/"))).toBe(true);
  expect(faults).toContainEqual(expect.stringMatching(message));
});

test("a row that names an undeclared measure is refused with table and row", async () => {
  await change("accident-grade.dmn", '"LOAN_RESTRICT"', '"LOAN_FORBID"');
  expect(await faultsOf()).toEqual([
    "nb-smart-safety/2013.1/accident-grade.dmn | accident-grade | NB-D-LOAN | 'LOAN_FORBID' is not declared",
  ]);
});

test("a row may say that a measure favours here, not that it punishes: that is for the catalogue, which is held against the law", async () => {
  const column = '<output id="insurance-out9" label="性质" name="direction" typeRef="string" />';
  const cell = (row: string) =>
    `<outputEntry id="${row}-o9"><text>"PUNISHMENT"</text></outputEntry><annotationEntry>`;
  await change("insurance.dmn", '<annotation name="legalBasis"', `${column}<annotation name="legalBasis"`);
  const text = await readFile(join(pack, "insurance.dmn"), "utf8");
  const rows = text.replace(
    /<rule id="([^"]+)">([^]*?)<annotationEntry>/g,
    (_all, id: string, before: string) => `<rule id="${id}">${before}${cell(id)}`,
  );
  await writeFile(join(pack, "insurance.dmn"), rows);
  expect(await faultsOf()).toContainEqual(
    expect.stringMatching(
      /insurance\.dmn \| insurance \| NB-INS-\w+ \| 'PUNISHMENT' is not one of INCENTIVE/,
    ),
  );
});

test("a state that is due on a day that no parameter gives is refused", async () => {
  const other = join(folder, "bd-safe-honest", "2023.2");
  await cp(join(repositoryRoot, "subgraphs/joint/policies/bd-safe-honest/2023.2"), other, {
    recursive: true,
  });
  const file = join(other, "scheme.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("due: { on: plannedBy }", "due: { on: specialPeriods }"));
  expect(await faultsOf()).toEqual([
    "bd-safe-honest/2023.2/scheme.yaml | procedure TITLE: 'specialPeriods' is no parameter of type date",
  ]);
});

test("a table that the scheme does not list is refused", async () => {
  await cp(join(pack, "grade.dmn"), join(pack, "grade-two.dmn"));
  expect(await faultsOf()).toEqual([expect.stringContaining("grade-two.dmn")]);
});

test("several faults are told at once", async () => {
  await change("scheme.yaml", "field: level", "field: lvl");
  await change("scheme.yaml", "facts: TaxRebate", "facts: TaxGift");
  expect((await faultsOf()).filter((fault) => fault.startsWith(scheme)).length).toBeGreaterThanOrEqual(2);
});

test("a step that may be taken again without saying in which states is refused, and so is a restart by one that may not", async () => {
  const other = join(folder, "bd-safe-honest", "2023.3");
  await cp(join(repositoryRoot, "subgraphs/joint/policies/bd-safe-honest/2023.3"), other, {
    recursive: true,
  });
  const file = join(other, "scheme.yaml");
  const text = await readFile(file, "utf8");
  const changed = text
    .replace("        again: true\n", "")
    .replace("{ step: PLANNED, in: [COMMITTED] }", "{ step: PLANNED, again: true }");
  await writeFile(file, changed);
  expect(await faultsOf()).toEqual([
    "bd-safe-honest/2023.3/scheme.yaml | procedure TITLE: PLANNED may be taken again, but not 'in' which states; restart needs a step to an entry that may be taken again",
  ]);
});
