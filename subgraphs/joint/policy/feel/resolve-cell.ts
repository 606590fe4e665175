/**
 * A parsed cell meets the type of its column: literals become scaled values, names become constants or references to other
 * inputs of the same table. Whatever does not fit the type is refused.
 */
import type { ColumnType, Value } from "../contract";
import { CellFault, type Operand, type Operator, type ParsedCell, type PositiveTest } from "./parse-cell";

/** A name that cells may use: a parameter when it has a value, otherwise an input that is known at run time. */
export interface NamedValue {
  readonly type: ColumnType;
  readonly value?: Value;
}

/** Every name a cell may refer to. */
export type Names = ReadonlyMap<string, NamedValue>;

/** Where a cell stands: its column's name and type, the names in force, and the positions of the table's inputs. */
export interface CellScope {
  readonly column?: string;
  readonly type: ColumnType;
  readonly names: Names;
  readonly inputs: ReadonlyMap<string, number>;
}

/** A value known when the table is compiled, or the position of another input. */
export type Term =
  { readonly kind: "constant"; readonly value: Value } | { readonly kind: "input"; readonly index: number };

/** A unary test over terms of the column's type. */
export type ResolvedTest =
  | { readonly kind: "compare"; readonly operator: Operator; readonly term: Term }
  | {
      readonly kind: "range";
      readonly low: Term;
      readonly high: Term;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    };

/** An input cell that fits its column. */
export type ResolvedCell =
  | { readonly kind: "any" }
  | { readonly kind: "tests"; readonly negated: boolean; readonly tests: readonly ResolvedTest[] };

/** Resolves an input cell. Throws CellFault. */
export function resolveCell(cell: ParsedCell, scope: CellScope): ResolvedCell {
  if (cell.kind === "any") return cell;
  return { ...cell, tests: cell.tests.map((test) => resolveTest(test, scope)) };
}

/** The value of an output cell: a literal or a parameter. Throws CellFault. */
export function resolveOutput(operand: Operand, type: ColumnType, names: Names): Value {
  const term = resolveTerm(operand, { type, names, inputs: new Map() });
  return term.kind === "constant" ? term.value : null;
}

/** A plain decimal as a whole number of the scale's units: 77.5 at scale 1 is 775. Throws CellFault. */
export function scaleNumber(text: string, scale: number): number {
  const [, sign, whole, fraction = ""] = /^(-?)(\d*)\.?(\d*)$/.exec(text)!;
  const digits = fraction.replace(/0+$/, "");
  if (digits.length > scale) {
    throw new CellFault(`${text} has ${digits.length} digits after the point; the column holds ${scale}`);
  }
  const scaled = Number(`${sign}${whole}${digits.padEnd(scale, "0")}`);
  if (!Number.isSafeInteger(scaled)) throw new CellFault(`${text} is too large to be held exactly`);
  return scaled === 0 ? 0 : scaled;
}

/** Whether two types hold the same kind of value in the same units. */
export function sameKind(left: ColumnType, right: ColumnType): boolean {
  if (left.kind === "number" && right.kind === "number") return left.scale === right.scale;
  return left.kind === right.kind;
}

/** The type in words for a fault: `number with 1 digit after the point`. */
export function describeType(type: ColumnType): string {
  if (type.kind !== "number") return type.kind === "date" ? "a date" : `a ${type.kind}`;
  return type.scale === 0 ? "a whole number" : `a number of ${type.scale} digits after the point`;
}

function resolveTest(test: PositiveTest, scope: CellScope): ResolvedTest {
  const ordered = scope.type.kind === "number" || scope.type.kind === "date";
  if (test.kind === "compare") {
    const term = resolveTerm(test.operand, scope);
    if (!ordered && test.operator !== "=" && test.operator !== "!=") {
      throw new CellFault(
        `'${test.operator}' needs a number or a date; the column holds ${describeType(scope.type)}`,
      );
    }
    if (test.operator !== "=" && test.operator !== "!=") refuseNull(term);
    return { kind: "compare", operator: test.operator, term };
  }
  if (!ordered)
    throw new CellFault(`a range needs a number or a date; the column holds ${describeType(scope.type)}`);
  const low = resolveTerm(test.low, scope);
  const high = resolveTerm(test.high, scope);
  refuseNull(low);
  refuseNull(high);
  return { ...test, low, high };
}

function resolveTerm(operand: Operand, scope: CellScope): Term {
  const { type } = scope;
  if (operand.kind === "name") return resolveName(operand.name, scope);
  if (operand.kind === "null") return { kind: "constant", value: null };
  if (operand.kind !== type.kind) {
    const hint =
      operand.kind === "string" && type.kind === "date" ? '; a date is written date("2019-01-31")' : "";
    throw new CellFault(
      `the cell holds ${describeLiteral(operand)}, the column ${describeType(type)}${hint}`,
    );
  }
  if (operand.kind === "number" && type.kind === "number") {
    return { kind: "constant", value: scaleNumber(operand.text, type.scale) };
  }
  if (operand.kind === "number") throw new CellFault("a number outside a number column");
  return { kind: "constant", value: allowed(operand.value, type) };
}

function resolveName(name: string, scope: CellScope): Term {
  const named = scope.names.get(name);
  if (!named) throw new CellFault(`'${name}' is not a known name; a text is written in quotes: "${name}"`);
  if (named.value !== undefined) return { kind: "constant", value: convert(name, named, scope.type) };
  const index = scope.inputs.get(name);
  if (index === undefined) {
    throw new CellFault(
      `'${name}' has no value here; a cell may name a parameter or another input of its table`,
    );
  }
  if (name === scope.column) throw new CellFault(`'${name}' is compared with itself`);
  if (!sameKind(named.type, scope.type)) {
    throw new CellFault(
      `'${name}' is ${describeType(named.type)}, but the column holds ${describeType(scope.type)}`,
    );
  }
  return { kind: "input", index };
}

// A parameter of another scale is taken over only if no digit is lost.
function convert(name: string, { type: from, value }: NamedValue, to: ColumnType): Value {
  if (value === null || value === undefined) return null;
  if (from.kind !== to.kind) {
    throw new CellFault(`'${name}' is ${describeType(from)}, but the column holds ${describeType(to)}`);
  }
  if (from.kind !== "number" || to.kind !== "number") return allowed(value, to);
  const converted = Number(value) * 10 ** (to.scale - from.scale);
  if (!Number.isSafeInteger(converted)) {
    throw new CellFault(`'${name}' does not fit ${describeType(to)} without rounding`);
  }
  return converted;
}

function allowed(value: Value, type: ColumnType): Value {
  if (type.kind === "string" && type.allowed && !type.allowed.includes(String(value))) {
    const list = type.allowed.map((one) => `"${one}"`).join(", ");
    throw new CellFault(`"${String(value)}" is not one of ${list}`);
  }
  return value;
}

function refuseNull(term: Term): void {
  if (term.kind === "constant" && term.value === null) {
    throw new CellFault("null has no order; only 'null' and 'not(null)' ask for it");
  }
}

function describeLiteral(operand: Operand): string {
  if (operand.kind === "number") return `the number ${operand.text}`;
  if (operand.kind === "string") return `the text "${operand.value}"`;
  return operand.kind === "date" ? `the date ${operand.value}` : `a ${operand.kind}`;
}
