import { PolicyError } from "../../../../../subgraphs/joint/policy/contract";
import { XML_BYTES_MAX } from "../../../../../subgraphs/joint/policy/dmn/parse-dmn";
import { readTables } from "../../../../../subgraphs/joint/policy/dmn/read-tables";
import { compileTable } from "../../../../../subgraphs/joint/policy/table/compile-table";

const DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/";

const grades = `
  <itemDefinition name="grade"><typeRef>string</typeRef><allowedValues><text>"A","B"</text></allowedValues></itemDefinition>
  <decision id="grades" name="等级">
    <decisionTable hitPolicy="UNIQUE">
      <input id="i1" label="得分"><inputExpression typeRef="points"><text>score</text></inputExpression></input>
      <output id="o1" name="grade" label="等级" typeRef="grade"/>
      <annotation name="legalBasis"/><annotation name="zh"/><annotation name="en"/>
      <rule id="G-1"><inputEntry><text>&gt;= 90</text></inputEntry><outputEntry><text>"A"</text></outputEntry>
        <annotationEntry><text>Article 9</text></annotationEntry><annotationEntry><text>优</text></annotationEntry>
        <annotationEntry><text>excellent</text></annotationEntry></rule>
      <rule id="G-2"><description>basis: Article 10
zh: 良
en: good</description><inputEntry><text><![CDATA[< 90]]></text></inputEntry><outputEntry><text>"B"</text></outputEntry></rule>
    </decisionTable>
  </decision>`;

const file = (body: string, namespace = DMN_13) =>
  `<?xml version="1.0"?><definitions xmlns="${namespace}" id="d" name="n" namespace="x">${body}</definitions>`;

const messageOf = async (xml: string): Promise<string> => {
  const error: unknown = await readTables(xml, "f.dmn").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PolicyError);
  return (error as PolicyError).message;
};

test.each([
  ["1.3", DMN_13],
  ["1.4", "https://www.omg.org/spec/DMN/20211108/MODEL/"],
  ["1.5", "https://www.omg.org/spec/DMN/20230324/MODEL/"],
])("reads a table of DMN %s", async (_, namespace) => {
  const [table] = await readTables(file(grades, namespace), "f.dmn");
  expect(table).toMatchObject({ name: "grades", label: "等级", hitPolicy: "UNIQUE" });
  expect(table!.rows[0]).toMatchObject({ legalBasis: "Article 9", text: { zh: "优", en: "excellent" } });
  expect(table!.rows[1]).toMatchObject({ legalBasis: "Article 10", text: { zh: "良", en: "good" } });
  const names = new Map([["score", { type: { kind: "number", scale: 1 } as const }]]);
  const compiled = compileTable(table!, { names });
  expect(compiled.evaluate([899]).rows[0]).toMatchObject({ id: "G-2", outputs: ["B"] });
  expect(compiled.outputs[0]).toMatchObject({ name: "grade", type: { kind: "string", allowed: ["A", "B"] } });
});

test("an input that nobody knows is refused when the table is compiled", async () => {
  const [table] = await readTables(file(grades), "f.dmn");
  expect(() => compileTable(table!, { names: new Map() })).toThrow(
    "f.dmn, grades, column score: unknown input 'score'",
  );
});

test.each([
  ["a document type", `<!DOCTYPE x [<!ENTITY a "b">]>${file(grades)}`, "neither is read"],
  ["no XML", "PK\u0003\u0004", "XML forbids"],
  ["other XML", "<a/>", "not a DMN file"],
  ["an unknown element", file(grades.replace("</decisionTable>", "<surprise/></decisionTable>")), "Surprise"],
  ["an unclosed file", file(grades).slice(0, 600), "f.dmn"],
  [
    "a literal expression",
    file(`<decision id="a" name="a"><literalExpression><text>1</text></literalExpression></decision>`),
    "only decisions that are decision tables",
  ],
  [
    "a business knowledge model",
    file(`${grades}<businessKnowledgeModel id="b" name="b"/>`),
    "only decisions that are decision tables",
  ],
  ["a row without id", file(grades.replace('<rule id="G-1">', "<rule>")), "row number 1: the rule has no id"],
  ["two rows of one id", file(grades.replace('id="G-2"', 'id="G-1"')), "stands here a second time"],
  ["a row without legal basis", file(grades.replace("basis: Article 10", "")), "row G-2: has no legal basis"],
  [
    "a default output",
    file(
      grades.replace(
        `typeRef="grade"/>`,
        `typeRef="grade"><defaultOutputEntry><text>"B"</text></defaultOutputEntry></output>`,
      ),
    ),
    "default outputs",
  ],
  [
    "an unknown type",
    file(grades.replace('typeRef="points"', 'typeRef="pints"')),
    "the type 'pints' is not known",
  ],
  [
    "another language",
    file(grades.replace("<inputEntry>", '<inputEntry expressionLanguage="javascript">')),
    "'javascript' is outside the profile",
  ],
  ["a misspelt attribute", file(grades.replace("hitPolicy=", "hitpolicy=")), "unknown attribute 'hitpolicy'"],
  ["no decision", file(""), "no decision"],
  ["an import", file(`<import namespace="x" importType="y"/>${grades}`), "imports are outside"],
])("refuses %s", async (_, xml, message) => {
  expect(await messageOf(xml)).toContain(message);
});

test("a file larger than the bound is refused unread", async () => {
  expect(await messageOf(" ".repeat(XML_BYTES_MAX + 1))).toContain("at most");
});
