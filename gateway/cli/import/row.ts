/** A row of a file on its way in. */
import type { FactInput } from "../../../subgraphs/shared/validate-fact";

/** One row as it was read. Exactly one of `fact` and `fault` is there; `raw` is what a reject file repeats. */
export interface SourceRow {
  readonly fact?: FactInput;
  readonly fault?: string;
  readonly raw: string | readonly Cell[];
}

/** A cell of a table. */
export type Cell = string | number | boolean | null;

/** What the command line says about rows that do not say it themselves. */
export interface RowDefaults {
  readonly type?: string;
  readonly department?: string;
}

/** A file that is being read: its header where it has one, and its rows in order. */
export interface Source {
  readonly format: "ndjson" | "csv" | "xlsx";
  /** The cells of the header row; empty for NDJSON. */
  readonly header: readonly Cell[];
  /** Columns of a recognised sheet that no fact has a field for. */
  readonly columnsLeftOut: readonly string[];
  readonly rows: AsyncIterable<SourceRow>;
}

/** The column of a reject file that says why; an import leaves it out, so that a mended file can be imported. */
export const REASON_COLUMN = "rejectedBecause";
