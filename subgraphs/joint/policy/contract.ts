/**
 * What the policy engine takes and gives: typed decision tables over known and unknown inputs. Numbers are scaled
 * integers (a column of scale 1 holds 77.5 as 775), dates are `YYYY-MM-DD`, null is an absent value and a value of its own.
 */

/** The type of a column: of an input, of an output, or of a named value that a cell refers to. */
export type ColumnType =
  | { readonly kind: "string"; readonly allowed?: readonly string[] }
  /** `scale` is the number of digits after the point: 0 for counts, 1 for points, 2 for yuan (fen). */
  | { readonly kind: "number"; readonly scale: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "date" };

/** A known value of a column. A number is a safe integer, already scaled. */
export type Value = string | number | boolean | null;

/**
 * An input that a silent department keeps from us, with what is nevertheless certain about it: it lies between `min` and
 * `max` (scaled, inclusive), or is one of `among`. No bound means that it may be anything of its type, null included.
 */
export interface Unknown {
  readonly unknown: true;
  readonly min?: number;
  readonly max?: number;
  readonly among?: readonly Value[];
}

/** An input as the judgement knows it. */
export type Input = Value | Unknown;

/** A named and typed column. `label` is what officials read. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly label: string;
}

/** DMN 1.3, section 8.2.10: how the rows that match become the result. */
export type HitPolicy =
  | "UNIQUE"
  | "ANY"
  | "FIRST"
  | "PRIORITY"
  | "COLLECT"
  | "COLLECT_SUM"
  | "COLLECT_COUNT"
  | "COLLECT_MIN"
  | "COLLECT_MAX"
  /** All rows that match, in the order of the table: as COLLECT. */
  | "RULE_ORDER"
  /** All rows that match, in the order of the output's allowed values. */
  | "OUTPUT_ORDER";

/** One rule of a table: its outputs, and what it says in law and to people. */
export interface Row {
  readonly id: string;
  /** Position in the table, from 0. */
  readonly index: number;
  /** Values by output column; a cell may refer to a named value, which is resolved when the table is compiled. */
  readonly outputs: readonly Value[];
  readonly legalBasis: string;
  readonly text: { readonly zh: string; readonly en: string };
}

/**
 * The outcome of a table. `rows` are the rows that certainly decide; `possible` the further rows that could decide,
 * depending on what the unknown inputs are. With every input known `possible` is empty. Under UNIQUE, ANY, FIRST and
 * PRIORITY at most one row decides: it is certain only if it decides whatever the unknown inputs are, and
 * `mayBeNone` says that no row at all could decide. Aggregates of COLLECT_* are in `aggregate` when certain: null when no
 * row matches, except COUNT, which is then 0. When uncertain, `aggregateBounds` holds what it is between if it is a number.
 */
export interface TableResult {
  readonly rows: readonly Row[];
  readonly possible: readonly Row[];
  readonly mayBeNone: boolean;
  readonly aggregate?: number | null;
  readonly aggregateBounds?: { readonly min: number; readonly max: number };
}

/**
 * Something that the static check of a table found. A gap may be meant; an overlap and a row that never decides are mistakes;
 * NOT_PROVEN says what the check could not settle.
 */
export interface Finding {
  readonly kind: "GAP" | "OVERLAP" | "UNREACHABLE" | "NOT_PROVEN";
  readonly rows: readonly string[];
  readonly message: string;
  /** Inputs for which it is so, by name. */
  readonly example?: Readonly<Record<string, Value>>;
}

/** A table whose cells have been compiled to closures once; evaluating it allocates little and never throws on known types. */
export interface CompiledTable {
  readonly name: string;
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly Column[];
  readonly outputs: readonly Column[];
  readonly rows: readonly Row[];
  /**
   * Inputs in the order of `inputs`. Throws PolicyError when the hit policy is broken at run time (two rows under UNIQUE,
   * different outputs under ANY).
   */
  evaluate(inputs: readonly Input[]): TableResult;
  /** What can be said of the table without running it. Takes up to a second; for those who write packs. */
  check(): readonly Finding[];
}

/** Where something is wrong in a pack: the place, the fault, the remedy. */
export interface PolicyFault {
  readonly file: string;
  readonly table?: string;
  readonly row?: string;
  readonly column?: string;
  readonly message: string;
}

/** A pack or table that is refused. Holds every fault found, not only the first. */
export class PolicyError extends Error {
  constructor(readonly faults: readonly PolicyFault[]) {
    super(
      faults
        .map((fault) =>
          [fault.file, fault.table, fault.row && `row ${fault.row}`, fault.column && `column ${fault.column}`]
            .filter(Boolean)
            .join(", ")
            .concat(": ", fault.message),
        )
        .join("\n"),
    );
    this.name = "PolicyError";
  }
}
