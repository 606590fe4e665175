import { readTables } from "../../../../../subgraphs/joint/policy/dmn/read-tables";
import { fromSheet, toSheet, type SheetCell } from "../../../../../subgraphs/joint/policy/exchange/sheet";
import { writeRules } from "../../../../../subgraphs/joint/policy/exchange/write-rules";

const description = "basis: Article 10\nzh: 良\nen: good";
const xml = (annotated: boolean) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="n" namespace="x">
  <itemDefinition name="grade"><typeRef>string</typeRef><allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
  <decision id="grades" name="等级"><decisionTable hitPolicy="FIRST">
    <input label="得分"><inputExpression typeRef="points"><text>score</text></inputExpression></input>
    <output name="grade" label="等级" typeRef="grade"/>
    ${annotated ? '<annotation name="legalBasis"/><annotation name="zh"/><annotation name="en"/><annotation name="reviewer"/>' : ""}
    ${["G-1", "G-2"]
      .map(
        (id) => `<rule id="${id}">${annotated ? "" : `<description>${description}</description>`}
        <inputEntry id="${id}-i"><text>&gt;= 90</text></inputEntry><outputEntry><text>"A"</text></outputEntry>
        ${annotated ? ["Article 10", "良", "good", "Li"].map((one) => `<annotationEntry><text>${one}</text></annotationEntry>`).join("") : ""}</rule>`,
      )
      .join("")}
  </decisionTable></decision></definitions>`;

const readOne = async (text: string) => (await readTables(text, "grades.dmn"))[0]!;

test.each([true, false])(
  "a table goes to a spreadsheet and back unchanged (annotation columns: %s)",
  async (annotated) => {
    const table = await readOne(xml(annotated));
    const written = await writeRules(xml(annotated), table, fromSheet(toSheet(table), table));
    expect(await readOne(written)).toEqual(table);
    expect(written).toContain('id="G-1-i"');
    expect(written.includes("<text>Li</text>")).toBe(annotated);
  },
);

test("rows may be added, changed, moved and left out in the spreadsheet", async () => {
  const table = await readOne(xml(true));
  const [headings, names, first, second] = toSheet(table);
  const added = ["G-3", "< 60", '"B"', "Article 11", "差", "poor"];
  const lines = [
    headings!,
    names!,
    second!,
    [...first!.slice(0, 1), "> 80", ...first!.slice(2)],
    added,
    ["", "", "", "", "", ""],
  ];
  const changed = await readOne(await writeRules(xml(true), table, fromSheet(lines, table)));
  expect(changed.rows.map(({ id, inputs }) => [id, ...inputs])).toEqual([
    ["G-2", ">= 90"],
    ["G-1", "> 80"],
    ["G-3", "< 60"],
  ]);
  expect(changed.rows[2]).toMatchObject({ legalBasis: "Article 11", text: { zh: "差", en: "poor" } });
});

test("columns may stand in another order; what a spreadsheet takes for a day or a truth value is text again", async () => {
  const table = await readOne(xml(true));
  const lines: SheetCell[][] = [
    ["", "", "", "", "", ""],
    ["en", "zh", "legalBasis", "grade", "score", "id"],
    ["good", "良", "Article 10", true, new Date("2019-01-31T00:00:00Z"), "G-9"],
    ["good", "良", "Article 10", "77.5", null, "G-8"],
  ];
  expect(fromSheet(lines, table)).toMatchObject([
    { id: "G-9", inputs: ['date("2019-01-31")'], outputs: ["true"] },
    { id: "G-8", inputs: ["-"], outputs: ["77.5"] },
  ]);
});

test("missing, unknown and doubled columns are refused by name", async () => {
  const table = await readOne(xml(true));
  const lines = [[], ["id", "score", "score", "legalBasis", "zh", "en", "colour"]];
  expect(() => fromSheet(lines, table)).toThrow(
    /column grade: .*no such column[\s\S]*column colour[\s\S]*column score: .*twice/,
  );
});
