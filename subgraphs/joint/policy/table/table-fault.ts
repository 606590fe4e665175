/** Faults of a compiled table at run time: they end in an undetermined judgement, never in a favourable one. */
import { PolicyError } from "../contract";
import type { TableModel } from "./table-model";

/** Something is wrong with a table, or with what it was given in one column. */
export function tableFault({ file, name }: TableModel, message: string, column?: string): PolicyError {
  return new PolicyError([{ file, table: name, ...(column === undefined ? {} : { column }), message }]);
}

/** Rows match together that must not. */
export function brokenPolicy(model: TableModel, hits: readonly number[]): PolicyError {
  const ids = hits.map((hit) => model.ordered[hit]!.id).join(", ");
  const why = model.hitPolicy === "ANY" ? "with different outputs" : "where one may";
  return tableFault(model, `${model.hitPolicy} is broken: rows ${ids} match ${why}`);
}

/** The aggregate, if it is still exact; throws PolicyError if not. */
export function exact(model: TableModel, aggregate: number | null): number | null {
  if (aggregate === null || Number.isSafeInteger(aggregate)) return aggregate;
  throw tableFault(model, "the aggregate is too large to be held exactly");
}
