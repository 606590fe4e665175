/** Puts rules into a table of a DMN file and leaves everything else of the file as it is. */
import { DmnModdle } from "dmn-moddle";
import { PolicyError } from "../contract";
import { parseDmn, type RuleElement, type TextElement } from "../dmn/parse-dmn";
import type { SourceRow, TableSource } from "../table/table-source";

interface MutableTable {
  rule: object[];
  readonly annotation?: readonly { readonly name?: string }[];
}

/**
 * The file with these rules in the place of the table's own. Elements of rows that stay keep their ids; the XML comes out as DMN
 * 1.3. Throws PolicyError when the file has no such table.
 */
export async function writeRules(
  xml: string,
  table: TableSource,
  rows: readonly SourceRow[],
): Promise<string> {
  const definitions = await parseDmn(xml, table.file);
  const decision = definitions.drgElement?.find((one) => one.id === table.name);
  if (!decision?.decisionLogic) {
    throw new PolicyError([
      { file: table.file, table: table.name, message: "there is no such table in the file" },
    ]);
  }
  const moddle = new DmnModdle();
  const logic = decision.decisionLogic;
  const known = new Map((logic.rule ?? []).map((rule) => [rule.id, rule]));
  const annotations = (logic.annotation ?? []).map((one) => one.name ?? "");
  const create = (type: string, attributes: object) => moddle.create(type, attributes);
  const rules = rows.map((row) => buildRule(row, { old: known.get(row.id), annotations, create }));
  (logic as unknown as MutableTable).rule = rules;
  return (await moddle.toXML(definitions, { format: true })).xml;
}

interface RuleScope {
  readonly old: RuleElement | undefined;
  readonly annotations: readonly string[];
  readonly create: (type: string, attributes: object) => object;
}

function buildRule(row: SourceRow, { old, annotations, create }: RuleScope): object {
  const entries = (type: string, texts: readonly string[], before: readonly TextElement[] = []) =>
    texts.map((text, at) => create(type, { ...(before[at]?.id && { id: before[at].id }), text }));
  const said: Readonly<Record<string, string>> = { legalBasis: row.legalBasis, ...row.text };
  const annotated = annotations.map((name, at) => said[name] ?? old?.annotationEntry?.[at]?.text ?? "");
  const description = annotations.includes("legalBasis") ? old?.description : describe(row);
  return create("dmn:DecisionRule", {
    id: row.id,
    ...(description && { description }),
    inputEntry: entries("dmn:UnaryTests", row.inputs, old?.inputEntry),
    outputEntry: entries("dmn:LiteralExpression", row.outputs, old?.outputEntry),
    ...(annotated.length > 0 && { annotationEntry: entries("dmn:RuleAnnotation", annotated) }),
  });
}

// The lines that read-tables.ts reads; a line break inside a text would end it.
function describe({ legalBasis, text }: SourceRow): string {
  const oneLine = (line: string) => line.replace(/\s*\n\s*/g, " ");
  return [`basis: ${oneLine(legalBasis)}`, `zh: ${oneLine(text.zh)}`, `en: ${oneLine(text.en)}`].join("\n");
}
