/**
 * DMN XML into elements, through dmn-moddle. Everything it does not understand is a fault, not a warning: a construct that
 * is dropped silently is law that is dropped silently.
 */
import { DmnModdle } from "dmn-moddle";
import { PolicyError, type PolicyFault } from "../contract";
import type { ItemDefinition } from "./declared-types";

/** Larger files are refused unread; a table of 500 rows has some 300 kB. */
export const XML_BYTES_MAX = 1_000_000;

/** Something with text in it: an expression, unary tests, an annotation. */
export interface TextElement {
  readonly $type: string;
  readonly id?: string;
  readonly typeRef?: string;
  readonly text?: string;
  readonly expressionLanguage?: string;
}

/** A column of a decision table. */
export interface ClauseElement {
  readonly label?: string;
  readonly name?: string;
  readonly typeRef?: string;
  readonly inputExpression?: TextElement;
  readonly inputValues?: TextElement;
  readonly outputValues?: TextElement;
  readonly defaultOutputEntry?: TextElement;
}

/** A row of a decision table. */
export interface RuleElement {
  readonly id?: string;
  readonly description?: string;
  readonly inputEntry?: readonly TextElement[];
  readonly outputEntry?: readonly TextElement[];
  readonly annotationEntry?: readonly TextElement[];
}

/** A decision table. */
export interface TableElement {
  readonly $type: string;
  readonly id?: string;
  readonly hitPolicy?: string;
  readonly aggregation?: string;
  readonly input?: readonly ClauseElement[];
  readonly output?: readonly ClauseElement[];
  readonly annotation?: readonly { readonly name?: string }[];
  readonly rule?: readonly RuleElement[];
}

/** A decision or another element of the requirements graph. */
export interface DrgElement {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly variable?: { readonly name?: string; readonly typeRef?: string };
  readonly decisionLogic?: TableElement;
}

/** The root of a DMN file. */
export interface Definitions {
  readonly expressionLanguage?: string;
  readonly itemDefinition?: readonly ItemDefinition[];
  readonly drgElement?: readonly DrgElement[];
  readonly import?: readonly unknown[];
  readonly businessContextElement?: readonly unknown[];
}

const MODEL_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/";
// The parts of DMN 1.4 and 1.5 that the profile reads are those of 1.3 under another name.
const LATER_NAMESPACES: readonly (readonly [later: string, as13: string])[] = [
  ["https://www.omg.org/spec/DMN/20211108/MODEL/", MODEL_13],
  ["https://www.omg.org/spec/DMN/20230324/MODEL/", MODEL_13],
  ["https://www.omg.org/spec/DMN/20211108/DMNDI/", "https://www.omg.org/spec/DMN/20191111/DMNDI/"],
  ["https://www.omg.org/spec/DMN/20230324/DMNDI/", "https://www.omg.org/spec/DMN/20191111/DMNDI/"],
];

/** Parses a DMN 1.3, 1.4 or 1.5 file. Throws PolicyError; entities and document types are refused. */
export async function parseDmn(xml: string, file: string): Promise<Definitions> {
  const refuse = (message: string): never => {
    throw new PolicyError([{ file, message }]);
  };
  const bytes = Buffer.byteLength(xml);
  if (bytes > XML_BYTES_MAX) refuse(`the file has ${bytes} bytes; at most ${XML_BYTES_MAX} are read`);
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) refuse("a document type or an entity is declared; neither is read");
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for: XML 1.0 has no place for them.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd\ufffe\uffff]/.test(xml)) {
    refuse("the file holds characters that XML forbids, or is not UTF-8");
  }
  const { rootElement, warnings } = await read(asDmn13(xml)).catch((error: unknown) =>
    refuse(`not a DMN file: ${placeOf(error)}${firstLine(error)}`),
  );
  const faults = [
    ...warnings.map((warning) => asFault(file, warning)),
    ...findUnknownAttributes(rootElement, file),
  ];
  if (faults.length > 0) throw new PolicyError(faults);
  return rootElement;
}

// dmn-moddle keeps attributes it does not know without a word. Those of other namespaces are the editors' own; one without a
// namespace is a misspelling, such as `hitpolicy`, that would change what the table decides.
function findUnknownAttributes(root: object, file: string): PolicyFault[] {
  const faults: PolicyFault[] = [];
  const seen = new Set<object>();
  const visit = (element: object): void => {
    if (seen.has(element)) return;
    seen.add(element);
    const { $attrs, $type, id } = element as { $attrs?: object; $type?: string; id?: string };
    for (const name of Object.keys($attrs ?? {})) {
      if (name.includes(":") || name.startsWith("xmlns")) continue;
      faults.push({ file, message: `${$type?.slice(4)} ${id ?? ""} has an unknown attribute '${name}'` });
    }
    for (const [key, value] of Object.entries(element)) {
      if (key.startsWith("$")) continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof child === "object" && child) visit(child);
    }
  };
  visit(root);
  return faults;
}

interface ParseWarning {
  readonly message: string;
}

// Describing the types of DMN takes longer than reading a table.
const moddle = new DmnModdle();

async function read(xml: string) {
  const parsed = await moddle.fromXML(xml, "dmn:Definitions");
  return parsed as unknown as { rootElement: Definitions; warnings: readonly ParseWarning[] };
}

function asDmn13(xml: string): string {
  return LATER_NAMESPACES.reduce((text, [later, as13]) => text.replaceAll(later, as13), xml);
}

function asFault(file: string, { message }: ParseWarning): PolicyFault {
  const nested = /nested error: (.*)/.exec(message)?.[1] ?? message;
  const twice = /^duplicate ID <(.*)>/.exec(nested)?.[1];
  const told =
    twice === undefined
      ? nested.split("\n")[0]!.slice(0, 200)
      : `the id '${twice}' stands here a second time`;
  return { file, message: `${placeOf(message)}${told}` };
}

// dmn-moddle counts lines from 0.
function placeOf(error: unknown): string {
  const line = /line: (\d+)/.exec(error instanceof Error ? error.message : String(error));
  return line ? `line ${Number(line[1]) + 1}: ` : "";
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (/nested error: (.*)/.exec(text)?.[1] ?? text.split("\n")[0]!).slice(0, 200);
}
