/**
 * Turns a resolved cell into a set of values, or, when it refers to other inputs, into a closure over them. Null follows
 * FEEL: `= null` is true for null, an order comparison with null is null, and a cell is met only if it is true.
 */
import type { Input, Unknown, Value } from "../contract";
import { CellFault } from "./parse-cell";
import type { Coding } from "./coding";
import type { ResolvedCell, ResolvedTest, Term } from "./resolve-cell";
import { complement, intersect, unite, type CodeRange, type ValueSet } from "./value-set";

/** A cell whose meaning is settled when it is compiled, or that looks at other inputs. */
export type CompiledCell =
  | { readonly kind: "any" }
  | { readonly kind: "set"; readonly set: ValueSet }
  | {
      readonly kind: "dependent";
      /** Undefined when an unknown input leaves it open. `inputs` in the order of the table. */
      readonly test: (value: Input, inputs: readonly Input[]) => boolean | undefined;
    };

/** Strings that a cell names, for the dictionary of its column. */
export function stringsOf(cell: ResolvedCell): string[] {
  if (cell.kind === "any") return [];
  return cell.tests
    .flatMap(termsOf)
    .flatMap((term) => (term.kind === "constant" && typeof term.value === "string" ? [term.value] : []));
}

/** Compiles a cell. Throws CellFault when no value at all can meet it, or one of its ranges is empty. */
export function compileCell(cell: ResolvedCell, coding: Coding): CompiledCell {
  if (cell.kind === "any") return cell;
  if (cell.tests.flatMap(termsOf).some((term) => term.kind === "input")) {
    return { kind: "dependent", test: compileDependent(cell.tests, cell.negated) };
  }
  const parts = cell.tests.map((test) => rangesOf(test, coding));
  const ranges = unite(parts.flat());
  const onNull = any(cell.tests.map((test) => holdsFor(test, null, [])));
  const set: ValueSet = {
    ranges: intersect([coding.domain], cell.negated ? complement(ranges) : ranges),
    hasNull: cell.negated ? onNull === false : onNull === true,
  };
  if (set.ranges.length === 0 && !set.hasNull) throw new CellFault("no value can meet this cell");
  return { kind: "set", set };
}

function termsOf(test: ResolvedTest): Term[] {
  return test.kind === "range" ? [test.low, test.high] : [test.term];
}

function rangesOf(test: ResolvedTest, coding: Coding): CodeRange[] {
  const codeOf = (term: Term) => (term.kind === "constant" ? coding.codeOf(term.value) : NaN);
  if (test.kind === "range") {
    const low = codeOf(test.low) + (test.lowOpen ? 1 : 0);
    const high = codeOf(test.high) - (test.highOpen ? 1 : 0);
    if (low > high) throw new CellFault("the range is empty: its lower end lies above its upper end");
    return [[low, high]];
  }
  const isNull = test.term.kind === "constant" && test.term.value === null;
  if (isNull) return test.operator === "=" ? [] : [[-Infinity, Infinity]];
  const code = codeOf(test.term);
  switch (test.operator) {
    case "=":
      return [[code, code]];
    case "!=":
      return complement([[code, code]]);
    case "<":
      return [[-Infinity, code - 1]];
    case "<=":
      return [[-Infinity, code]];
    case ">":
      return [[code + 1, Infinity]];
    case ">=":
      return [[code, Infinity]];
  }
}

function compileDependent(tests: readonly ResolvedTest[], negated: boolean) {
  const needed = tests.flatMap(termsOf).flatMap((term) => (term.kind === "input" ? [term.index] : []));
  return (value: Input, inputs: readonly Input[]): boolean | undefined => {
    // What an unknown input may be is not weighed against what it is compared with: both answers stay possible.
    if (isUnknown(value) || needed.some((index) => isUnknown(inputs[index]!))) return undefined;
    const met = any(tests.map((test) => holdsFor(test, value, inputs)));
    return negated ? met === false : met === true;
  };
}

function isUnknown(input: Input): input is Unknown {
  return typeof input === "object" && input !== null;
}

// FEEL's disjunction: true if one is true, else null if one is null.
function any(results: readonly (boolean | null)[]): boolean | null {
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}

function holdsFor(test: ResolvedTest, value: Value, inputs: readonly Input[]): boolean | null {
  const valueOf = (term: Term): Value =>
    term.kind === "constant" ? term.value : (inputs[term.index] as Value);
  if (test.kind === "range") {
    const low = compare(test.lowOpen ? ">" : ">=", value, valueOf(test.low));
    const high = compare(test.highOpen ? "<" : "<=", value, valueOf(test.high));
    return low === false || high === false ? false : low === null || high === null ? null : true;
  }
  return compare(test.operator, value, valueOf(test.term));
}

// Dates compare as their text does; strings and booleans reach only = and !=.
function compare(operator: string, left: Value, right: Value): boolean | null {
  if (operator === "=") return left === right;
  if (operator === "!=") return left !== right;
  if (left === null || right === null) return null;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}
