/** The decision tables of a DMN file, as texts. What lies outside the profile is refused here, cell contents aside. */
import { PolicyError, type HitPolicy, type PolicyFault } from "../contract";
import type { SourceColumn, SourceRow, TableSource } from "../table/table-source";
import { localName, readTypes, type NamedType } from "./declared-types";
import {
  parseDmn,
  type ClauseElement,
  type Definitions,
  type DrgElement,
  type RuleElement,
  type TextElement,
} from "./parse-dmn";

const HIT_POLICIES: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: "UNIQUE",
  ANY: "ANY",
  FIRST: "FIRST",
  PRIORITY: "PRIORITY",
  COLLECT: "COLLECT",
  "COLLECT SUM": "COLLECT_SUM",
  "COLLECT COUNT": "COLLECT_COUNT",
  "COLLECT MIN": "COLLECT_MIN",
  "COLLECT MAX": "COLLECT_MAX",
  "RULE ORDER": "RULE_ORDER",
  "OUTPUT ORDER": "OUTPUT_ORDER",
};

const TABLES_MAX = 50;
// Elements that document a model without changing what it decides.
const SILENT_ELEMENTS: ReadonlySet<string> = new Set(["dmn:InputData", "dmn:KnowledgeSource"]);

/** Where faults of one table go; file and table are added. */
type Refuse = (fault: Omit<PolicyFault, "file" | "table">) => void;

/**
 * Reads every decision of a DMN file; each must be a decision table. Throws PolicyError with all faults found. `file` is only
 * used in faults. Rows need an id, a legal basis, and a sentence in Chinese and English: as annotations of those names
 * (`legalBasis`, `zh`, `en`), or as lines of the description (`basis: ...`, `zh: ...`, `en: ...`).
 */
export async function readTables(xml: string, file: string): Promise<readonly TableSource[]> {
  const { tables, faults } = await inspectTables(xml, file);
  if (faults.length > 0) throw new PolicyError(faults);
  return tables;
}

/** As `readTables`, for those who want to hear everything: the tables as far as they can be read, and what is wrong with them. */
export async function inspectTables(xml: string, file: string): Promise<InspectedTables> {
  try {
    return readDefinitions(await parseDmn(xml, file), file);
  } catch (error) {
    if (error instanceof PolicyError) return { tables: [], faults: error.faults };
    throw error;
  }
}

/** What could be read of a file, and its faults. */
export interface InspectedTables {
  readonly tables: readonly TableSource[];
  readonly faults: readonly PolicyFault[];
}

function readDefinitions(definitions: Definitions, file: string): InspectedTables {
  const faults: PolicyFault[] = [];
  const types = readTypes(definitions.itemDefinition ?? [], (message) => faults.push({ file, message }));
  if (definitions.import?.length) faults.push({ file, message: "imports are outside the profile" });
  const elements = definitions.drgElement ?? [];
  const decisions = elements.filter((one) => !SILENT_ELEMENTS.has(one.$type));
  if (decisions.length === 0) faults.push({ file, message: "there is no decision in the file" });
  if (decisions.length > TABLES_MAX)
    faults.push({ file, message: `more than ${TABLES_MAX} decisions in one file` });
  const tables = decisions.slice(0, TABLES_MAX).flatMap((decision) => {
    const table = decision.id ?? "(without id)";
    const refuse: Refuse = (fault) => faults.push({ file, table, ...fault });
    const source = readDecision(decision, file, { types, refuse });
    if (source?.defaults) refuse({ message: "default outputs are outside the profile: say it in a row" });
    source?.rows.forEach((row) => refuseSilentRow(row, refuse));
    return source ?? [];
  });
  return { tables, faults };
}

/** What reading one decision needs to know of its file. */
export interface ReadScope {
  readonly types: ReadonlyMap<string, NamedType>;
  readonly refuse: Refuse;
}

/** Reads one decision, without asking for legal texts; undefined when it is no decision table. */
export function readDecision(decision: DrgElement, file: string, scope: ReadScope): TableSource | undefined {
  const { refuse } = scope;
  const table = decision.decisionLogic;
  if (decision.$type !== "dmn:Decision" || table?.$type !== "dmn:DecisionTable") {
    refuse({ message: "is outside the profile: only decisions that are decision tables are read" });
    return undefined;
  }
  if (!decision.id) refuse({ message: "the decision has no id" });
  const policyName = [table.hitPolicy ?? "UNIQUE", table.aggregation].filter(Boolean).join(" ");
  const hitPolicy = HIT_POLICIES[policyName];
  if (!hitPolicy) refuse({ message: `the hit policy '${policyName}' is not known` });
  const annotations = (table.annotation ?? []).map((one) => one.name ?? "");
  const defaults = (table.output ?? []).map((clause) => clause.defaultOutputEntry?.text ?? "");
  const typed = (clause: ClauseElement, at: number) => readOutput(clause, decision, { ...scope, at });
  return {
    file,
    name: decision.id ?? "",
    label: decision.name ?? decision.id ?? "",
    hitPolicy: hitPolicy ?? "UNIQUE",
    inputs: (table.input ?? []).map((clause) => readInput(clause, scope)),
    outputs: (table.output ?? []).map(typed),
    rows: (table.rule ?? []).map((rule, at) => readRow(rule, at, { annotations, refuse })),
    ...(defaults.some((text) => text !== "") ? { defaults } : {}),
  };
}

function readInput(clause: ClauseElement, scope: ReadScope): SourceColumn {
  const name = textOf(clause.inputExpression).replace(/\s+/g, " ");
  if (name === "") scope.refuse({ column: clause.label, message: "the input has no expression" });
  refuseLanguage(clause.inputExpression, name, scope.refuse);
  const named = readType(clause.inputExpression?.typeRef, name, scope);
  const allowed = clause.inputValues?.text ?? named?.allowed;
  return { name, label: clause.label ?? name, type: named?.type, allowed };
}

function readOutput(
  clause: ClauseElement,
  decision: DrgElement,
  scope: ReadScope & { readonly at: number },
): SourceColumn {
  const only = decision.decisionLogic!.output!.length === 1;
  const name = clause.name ?? (only ? (decision.variable?.name ?? decision.name) : undefined) ?? "";
  if (name === "") scope.refuse({ column: `output ${scope.at + 1}`, message: "the output has no name" });
  const typeRef = clause.typeRef ?? (only ? decision.variable?.typeRef : undefined);
  const named = readType(typeRef, name, scope);
  return {
    name,
    label: clause.label ?? name,
    type: named?.type,
    allowed: clause.outputValues?.text ?? named?.allowed,
  };
}

function readType(typeRef: string | undefined, column: string, scope: ReadScope): NamedType | undefined {
  if (!typeRef) return undefined;
  const named = scope.types.get(localName(typeRef));
  if (!named) {
    const known = [...scope.types.keys()].join(", ");
    scope.refuse({ column, message: `the type '${typeRef}' is not known; there are ${known}` });
  }
  return named;
}

interface RowScope {
  readonly annotations: readonly string[];
  readonly refuse: Refuse;
}

function readRow(rule: RuleElement, at: number, { annotations, refuse }: RowScope): SourceRow {
  const id = rule.id?.trim() ?? "";
  const row = id || `number ${at + 1}`;
  if (!id) refuse({ row, message: "the rule has no id" });
  const cells = (entries: readonly TextElement[] = []) =>
    entries.map((entry, column) => {
      refuseLanguage(entry, `number ${column + 1}`, (fault) => refuse({ ...fault, row }));
      return entry.text ?? "";
    });
  const said = readAnnotations(rule, annotations);
  return {
    id,
    inputs: cells(rule.inputEntry),
    outputs: cells(rule.outputEntry),
    legalBasis: said("legalBasis", "basis"),
    text: { zh: said("zh", "zh"), en: said("en", "en") },
  };
}

// An annotation column wins over a line of the description: Camunda Modeler keeps the columns but shows the description only.
function readAnnotations(rule: RuleElement, annotations: readonly string[]) {
  const lines = (rule.description ?? "").split(/\r?\n/);
  return (annotation: string, prefix: string): string => {
    const at = annotations.indexOf(annotation);
    const entry = at < 0 ? undefined : rule.annotationEntry?.[at];
    if (entry) return textOf(entry);
    const line = lines.find((one) => one.trimStart().toLowerCase().startsWith(`${prefix}:`));
    return line === undefined ? "" : line.slice(line.indexOf(":") + 1).trim();
  };
}

function refuseSilentRow(row: SourceRow, refuse: Refuse): void {
  const missing = [
    row.legalBasis ? undefined : "legal basis (legalBasis)",
    row.text.zh ? undefined : "Chinese sentence (zh)",
    row.text.en ? undefined : "English sentence (en)",
  ].filter((one) => one !== undefined);
  if (missing.length > 0) refuse({ row: row.id, message: `has no ${missing.join(", no ")}` });
}

function refuseLanguage(element: TextElement | undefined, column: string, refuse: Refuse): void {
  const language = element?.expressionLanguage;
  if (language && !/feel/i.test(language)) {
    refuse({ column, message: `the expression language '${language}' is outside the profile` });
  }
}

function textOf(element: TextElement | undefined): string {
  return element?.text?.trim() ?? "";
}
