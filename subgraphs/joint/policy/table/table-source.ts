/** A decision table as it was read: all texts still texts. What DMN files and spreadsheets are turned into. */
import type { ColumnType, HitPolicy } from "../contract";

/** The type a file declares: `number` leaves the scale to the input's name, nothing leaves the whole type to it. */
export type DeclaredType = ColumnType | { readonly kind: "number"; readonly scale?: undefined };

/** A column of a table that was read. `allowed` is the unary test of the values it may have. */
export interface SourceColumn {
  readonly name: string;
  readonly label: string;
  readonly type?: DeclaredType;
  readonly allowed?: string;
}

/** One rule: the text of its cells in the order of the columns. */
export interface SourceRow {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly legalBasis: string;
  readonly text: { readonly zh: string; readonly en: string };
}

/** One decision table of a file. `name` is the id of the decision, `label` what officials call it. */
export interface TableSource {
  readonly file: string;
  readonly name: string;
  readonly label: string;
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly SourceColumn[];
  readonly outputs: readonly SourceColumn[];
  readonly rows: readonly SourceRow[];
  /** The outputs when no row matches, if the file gives them: outside the profile, for they have no legal basis. */
  readonly defaults?: readonly string[];
}

/** Bounds on one table; a larger one is refused. */
export const TABLE_LIMITS = { rowsMax: 500, inputsMax: 60, outputsMax: 30 } as const;
