/** A decision table of the TCK, through the product's compiler. */
import { evaluate } from "feelin";
import {
  PolicyError,
  type ColumnType,
  type Input,
  type Row,
  type TableResult,
  type Value,
} from "../../../subgraphs/joint/policy/contract";
import type { NamedType } from "../../../subgraphs/joint/policy/dmn/declared-types";
import type { DrgElement } from "../../../subgraphs/joint/policy/dmn/parse-dmn";
import { readDecision } from "../../../subgraphs/joint/policy/dmn/read-tables";
import type { NamedValue } from "../../../subgraphs/joint/policy/feel/resolve-cell";
import { compileTable } from "../../../subgraphs/joint/policy/table/compile-table";
import type { SourceColumn, TableSource } from "../../../subgraphs/joint/policy/table/table-source";

/** The TCK declares no scales; six digits hold every number of its tables. */
const SCALE = 6;
const SINGLE_HIT: ReadonlySet<string> = new Set(["UNIQUE", "ANY", "FIRST", "PRIORITY"]);

interface TableScope {
  readonly types: ReadonlyMap<string, NamedType>;
  readonly context: Readonly<Record<string, unknown>>;
  /** The type name of an input or decision of the model. */
  readonly typeOf: (name: string) => string | undefined;
}

export function decideByTable(decision: DrgElement, { types, context, typeOf }: TableScope): unknown {
  const faults: { message: string; row?: string; column?: string }[] = [];
  const source = readDecision(decision, "tck", { types, refuse: (fault) => faults.push(fault) });
  if (faults.length > 0) throw new PolicyError(faults.map((fault) => ({ file: "tck", ...fault })));
  const typed = typeOutputs(source!);
  const inputs = typed.inputs.map((column) => ({
    name: column.name,
    type: typeColumn(column, types, typeOf),
  }));
  const columns = new Map<string, NamedValue>(inputs.map(({ name, type }) => [name, { type }]));
  // Whatever else the decision rests on is known when the table is compiled: the names that cells may use.
  const others = Object.entries(context).filter(([name]) => !columns.has(name));
  const names = new Map([...others.flatMap(nameOther), ...columns]);
  const table = compileTable(
    { ...typed, inputs: typed.inputs.map((column, at) => ({ ...column, type: inputs[at]!.type })) },
    { names },
  );
  const given = inputs.map(({ name, type }) => toInput(evaluate(name, context).value, type));
  let result;
  try {
    result = table.evaluate(given);
  } catch (error) {
    // A broken hit policy is null in DMN; here it is a fault that stops the judgement.
    if (error instanceof PolicyError) return null;
    throw error;
  }
  if (result.rows.length === 0 && source!.defaults) return defaultResult(typed, context);
  return fromResult(
    result,
    table.outputs.map(({ name, type }) => ({ name, type })),
    typed,
  );
}

// Default outputs are outside the profile, so the runner supplies them itself.
function defaultResult(
  { outputs, defaults, hitPolicy }: TableSource,
  context: Readonly<Record<string, unknown>>,
): unknown {
  const values = defaults!.map((text) => evaluate(text, context).value ?? null);
  const one =
    outputs.length === 1 ? values[0] : Object.fromEntries(outputs.map(({ name }, at) => [name, values[at]]));
  // An aggregate is one value like a single hit; only what is collected is a list.
  const isList = !SINGLE_HIT.has(hitPolicy) && !/^COLLECT_/.test(hitPolicy);
  return isList ? [one] : one;
}

// A single output without a type takes it from its cells, as the TCK leaves it out at times.
function typeOutputs(source: TableSource): TableSource {
  const outputs = source.outputs.map((output, at): SourceColumn => {
    if (output.type) return output;
    const cells = source.rows.map((row) => row.outputs[at]!.trim());
    const isNumber = cells.every((cell) => /^-?[\d.]+$/.test(cell));
    const isBoolean = cells.every((cell) => cell === "true" || cell === "false");
    if (isNumber) return { ...output, type: { kind: "number" } };
    return { ...output, type: isBoolean ? { kind: "boolean" } : { kind: "string" } };
  });
  return { ...source, outputs };
}

function typeColumn(
  column: SourceColumn,
  types: ReadonlyMap<string, NamedType>,
  typeOf: TableScope["typeOf"],
): ColumnType {
  const declared = column.type ?? types.get(typeOf(column.name) ?? "")?.type;
  if (!declared)
    throw new PolicyError([{ file: "tck", column: column.name, message: "the input is not one typed name" }]);
  return declared.kind === "number" ? { kind: "number", scale: SCALE } : declared;
}

function nameOther([name, value]: [string, unknown]): [string, NamedValue][] {
  if (typeof value === "number")
    return [[name, { type: { kind: "number", scale: SCALE }, value: Math.round(value * 10 ** SCALE) }]];
  if (typeof value === "string") return [[name, { type: { kind: "string" }, value }]];
  const iso = typeof value === "object" && value !== null && "iso" in value ? String(value.iso) : "";
  if (/^\d{4}-\d\d-\d\d$/.test(iso)) return [[name, { type: { kind: "date" }, value: iso }]];
  return typeof value === "boolean" ? [[name, { type: { kind: "boolean" }, value }]] : [];
}

function toInput(value: unknown, type: ColumnType): Input {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) throw new PolicyError([{ file: "tck", message: "an input holds a list" }]);
  if (type.kind === "number")
    return typeof value === "number" ? Math.round(value * 10 ** SCALE) : String(value);
  return type.kind === "date" ? String((value as { iso?: string }).iso ?? value) : (value as Value);
}

function fromResult(
  { rows, aggregate }: TableResult,
  outputs: readonly { readonly name: string; readonly type: ColumnType }[],
  { hitPolicy }: TableSource,
): unknown {
  const unscale = (value: Value, type: ColumnType) =>
    typeof value === "number" && type.kind === "number" ? value / 10 ** type.scale : value;
  if (aggregate !== undefined)
    return hitPolicy === "COLLECT_COUNT" ? aggregate : unscale(aggregate, outputs[0]!.type);
  const fromRow = (row: Row) => {
    const values = outputs.map(({ name, type }, at) => [name, unscale(row.outputs[at]!, type)] as const);
    return outputs.length === 1 ? values[0]![1] : Object.fromEntries(values);
  };
  if (SINGLE_HIT.has(hitPolicy)) return rows[0] ? fromRow(rows[0]) : null;
  return rows.map(fromRow);
}
