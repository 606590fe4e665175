/** The columns of a table: declared types meet the names that the pack knows, and lists of allowed values are read. */
import type { ColumnType, PolicyFault, Value } from "../contract";
import { codeColumn, type Coding } from "../feel/coding";
import { compileCell, stringsOf } from "../feel/compile-cell";
import { CellFault, parseCell } from "../feel/parse-cell";
import { describeType, resolveCell, sameKind, type Names, type ResolvedCell } from "../feel/resolve-cell";
import { holds, intersect, type CodeRange } from "../feel/value-set";
import type { DeclaredType, SourceColumn } from "./table-source";

/** How the fault of a column that nothing gives begins. */
export const UNKNOWN_INPUT = "unknown input";

/** Takes a fault whose file and table are known. */
export type Report = (fault: Omit<PolicyFault, "file" | "table">) => void;

/** A column whose type is settled. `listed` are its allowed values in their order, if they are given one by one. */
export interface ResolvedColumn {
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly allowed: ResolvedCell;
  readonly listed: readonly Value[];
}

/** Scale of a `number` that nothing else tells the scale of. */
const NUMBER_SCALE = 6;

/** An input column: its name must be known, and its declared type must be the type of that name. */
export function resolveInput(column: SourceColumn, names: Names, report: Report): ResolvedColumn | undefined {
  const named = names.get(column.name);
  if (!named) {
    report({
      column: column.name,
      message: `${UNKNOWN_INPUT} '${column.name}': no indicator, table or parameter has this name`,
    });
    return undefined;
  }
  const type = settle(column.type, named.type);
  if (!type) {
    const declared = describeType(withScale(column.type!));
    report({
      column: column.name,
      message: `'${column.name}' is ${describeType(named.type)}, the column says ${declared}`,
    });
    return undefined;
  }
  const resolved = resolveAllowed(column, type, { names, report });
  const expected = named.type.kind === "string" ? named.type.allowed : undefined;
  if (resolved?.type.kind !== "string" || !expected) return resolved;
  if (!resolved.type.allowed) return { ...resolved, type: named.type, listed: expected };
  if (sameSet(resolved.type.allowed, expected)) return resolved;
  report({
    column: column.name,
    message: `the allowed values differ from those of '${column.name}': ${quote(expected)}`,
  });
  return undefined;
}

/** An output column: it declares its own type. */
export function resolveOutputColumn(
  column: SourceColumn,
  names: Names,
  report: Report,
): ResolvedColumn | undefined {
  if (column.type) return resolveAllowed(column, withScale(column.type), { names, report });
  report({ column: column.name, message: "the output has no type (typeRef)" });
  return undefined;
}

/** The codes that values of the column may have. */
export function domainOf(column: ResolvedColumn, coding: Coding): readonly CodeRange[] {
  const allowed = compileCell(column.allowed, coding);
  return allowed.kind === "set" ? intersect([coding.domain], allowed.set.ranges) : [coding.domain];
}

/** Whether the column may have this value; null always may. */
export function isAllowed(column: ResolvedColumn, value: Value): boolean {
  if (value === null) return true;
  const coding = codeColumn(column.type, [
    ...stringsOf(column.allowed),
    ...(typeof value === "string" ? [value] : []),
  ]);
  return holds(domainOf(column, coding), coding.codeOf(value));
}

function resolveAllowed(
  column: SourceColumn,
  type: ColumnType,
  { names, report }: { readonly names: Names; readonly report: Report },
): ResolvedColumn | undefined {
  const { name, label } = column;
  if (!column.allowed?.trim()) {
    const listed = type.kind === "string" ? (type.allowed ?? []) : [];
    return { name, label, type, allowed: { kind: "any" }, listed };
  }
  try {
    const unlisted: ColumnType = type.kind === "string" ? { kind: "string" } : type;
    const allowed = resolveCell(parseCell(column.allowed), { type: unlisted, names, inputs: new Map() });
    const listed = listedValues(allowed);
    if (type.kind !== "string") return { name, label, type, allowed, listed };
    if (listed.length === 0) throw new CellFault("texts are listed one by one");
    const words = listed.map(String);
    if (new Set(words).size < words.length) throw new CellFault("a value is listed twice");
    return { name, label, type: { kind: "string", allowed: words }, allowed: { kind: "any" }, listed };
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    report({ column: name, message: `allowed values: ${error.message}` });
    return undefined;
  }
}

function listedValues(cell: ResolvedCell): Value[] {
  if (cell.kind === "any" || cell.negated) return [];
  const values = cell.tests.flatMap((test) =>
    test.kind === "compare" && test.operator === "=" && test.term.kind === "constant"
      ? [test.term.value]
      : [],
  );
  return values.length === cell.tests.length && !values.includes(null) ? values : [];
}

function settle(declared: DeclaredType | undefined, named: ColumnType): ColumnType | undefined {
  if (!declared) return named;
  if (declared.kind === "number" && declared.scale === undefined)
    return named.kind === "number" ? named : undefined;
  return sameKind(declared as ColumnType, named) ? (declared as ColumnType) : undefined;
}

function withScale(declared: DeclaredType): ColumnType {
  if (declared.kind !== "number") return declared;
  return { kind: "number", scale: declared.scale ?? NUMBER_SCALE };
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((one) => right.includes(one));
}

function quote(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
