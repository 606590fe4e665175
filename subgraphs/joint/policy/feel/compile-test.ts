/** A single unary test, compiled on its own: the filter of an indicator over one field of a fact. */
import { PolicyError, type ColumnType, type Input, type Value } from "../contract";
import { codeColumn, codeUnknown } from "./coding";
import { compileCell, stringsOf } from "./compile-cell";
import { CellFault, parseCell } from "./parse-cell";
import { resolveCell, type Names } from "./resolve-cell";
import { contains, holds, meets, type ValueSet } from "./value-set";

/** A compiled unary test. */
export interface CellTest {
  /** Whether a known value meets the test. A value of another type, or outside the allowed list, does not. */
  matches(value: Value): boolean;
  /** Whether a perhaps unknown value meets it; undefined when that depends on what the value is. */
  test(input: Input): boolean | undefined;
}

/**
 * Compiles `< 3`, `"SERIOUS","GRAVE"`, `not(null)` and the like for values of `type`. Names must have a value: there are no
 * other inputs here. Throws PolicyError with one fault that has no place yet (`file` is empty): the caller knows where it stands.
 */
export function compileTest(cellText: string, type: ColumnType, names: Names): CellTest {
  try {
    const resolved = resolveCell(parseCell(cellText), { type, names, inputs: new Map() });
    const coding = codeColumn(type, stringsOf(resolved));
    const cell = compileCell(resolved, coding);
    const set: ValueSet = cell.kind === "set" ? cell.set : { ranges: [[-Infinity, Infinity]], hasNull: true };
    const matches = (value: Value) =>
      value === null ? set.hasNull : holds(set.ranges, coding.codeOf(value));
    return {
      matches,
      test: (input) => {
        if (typeof input !== "object" || input === null) return matches(input);
        const possible = codeUnknown(input, coding);
        if (contains(set, possible)) return true;
        return meets(set, possible) ? undefined : false;
      },
    };
  } catch (error) {
    if (error instanceof CellFault) throw new PolicyError([{ file: "", message: error.message }]);
    throw error;
  }
}
