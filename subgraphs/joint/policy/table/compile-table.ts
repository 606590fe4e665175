/** Compiles a decision table: every cell is checked and typed once, evaluation is one index lookup a column. */
import type { Column, CompiledTable, Input, TableResult } from "../contract";
import { checkTable } from "./check-table";
import { BROKEN, NO_ROW, aggregateBy, isSingleHit, settleBy } from "./hit-policy";
import { decideOpenly } from "./decide-openly";
import { packColumns, type PackedColumn } from "./packed-rows";
import { resolveOutputColumn } from "./resolve-column";
import { brokenPolicy, exact, tableFault } from "./table-fault";
import type { TableSource } from "./table-source";
import { modelTable, type CompileScope, type TableModel } from "./table-model";

/**
 * Checks and compiles a table. Throws PolicyError with every fault found, each with file, table, row and column.
 * The table it returns reads inputs in the order of its columns; it throws PolicyError when an input is not of its column's
 * type, when the hit policy is broken, and when a sum can no longer be held exactly.
 */
export function compileTable(source: TableSource, scope: CompileScope): CompiledTable {
  return compileModel(modelTable(source, scope));
}

/** As compileTable, for a table that has been checked. */
export function compileModel(model: TableModel): CompiledTable {
  const evaluate = compileEvaluation(model);
  const { name, hitPolicy, inputs, outputs, rows } = model;
  const check = () => checkTable(model);
  return Object.freeze({ name, hitPolicy, inputs, outputs, rows, evaluate, check });
}

function compileEvaluation(model: TableModel): (inputs: readonly Input[]) => TableResult {
  const packed = packColumns(model);
  const finish = compileFinish(model);
  const width = model.columns.length;
  return (inputs) => {
    if (inputs.length !== width)
      throw tableFault(model, `was given ${inputs.length} inputs; it has ${width}`);
    const live = packed.start();
    for (let at = 0; at < width; at++) {
      const input = inputs[at]!;
      if (typeof input === "object" && input !== null) return decideOpenly(model, inputs);
      const column: PackedColumn = packed.columns[at]!;
      const found = column.locate(input);
      if (found < 0) throw tableFault(model, `cannot hold ${JSON.stringify(input)}`, model.inputs[at]!.name);
      column.narrow(live, found);
    }
    return finish(packed.hits(live, inputs));
  };
}

// Results that do not depend on the inputs are built once and shared; they are frozen.
function compileFinish(model: TableModel): (hits: readonly number[]) => TableResult {
  const { hitPolicy, ordered } = model;
  const settle = settleBy(hitPolicy, ordered);
  const aggregate = aggregateBy(hitPolicy, ordered);
  const none: TableResult = Object.freeze({
    rows: Object.freeze([]),
    possible: Object.freeze([]),
    mayBeNone: true,
  });
  const single = ordered.map((row): TableResult =>
    Object.freeze({ rows: Object.freeze([row]), possible: none.possible, mayBeNone: false }),
  );
  if (isSingleHit(hitPolicy)) {
    return (hits) => {
      const decided = settle(hits);
      if (decided === BROKEN) throw brokenPolicy(model, hits);
      return decided === NO_ROW ? none : single[decided]!;
    };
  }
  return (hits) => {
    const rows = hits.map((hit) => ordered[hit]!);
    const result = { rows, possible: none.possible, mayBeNone: rows.length === 0 };
    return aggregate ? { ...result, aggregate: exact(model, aggregate(hits)) } : result;
  };
}

/**
 * The outputs that a table declares, as far as they can be read: so that tables that rest on a faulty one are checked too, and all
 * faults of a pack are told at once.
 */
export function declareOutputs(source: TableSource, { names }: CompileScope): readonly Column[] {
  const resolved = source.outputs.map((column) => resolveOutputColumn(column, names, () => undefined));
  return resolved.filter((column) => column !== undefined);
}
