/**
 * Evaluation while some inputs are unknown. The unknown columns vary independently, so the sets of rows that can match
 * together are found exactly, and the hit policy is applied to each: FIRST never reports a row that another always precedes.
 * Beyond a bound on the number of sets each row is judged alone, which may report too many possible rows, never too few.
 */
import type { Input, TableResult } from "../contract";
import type { RowMask } from "./column-index";
import { BROKEN, NO_ROW, aggregateBy, isSingleHit, settleBy, type Aggregate } from "./hit-policy";
import { judgeRowsAlone } from "./judge-rows-alone";
import { positionsOf, reachableSets, rowsAt } from "./reach";
import { brokenPolicy, exact, tableFault } from "./table-fault";
import type { TableModel } from "./table-model";

const SETS_MAX = 4096;

/** Evaluates a table of whose inputs at least one is unknown. Throws PolicyError as evaluation with known inputs does. */
export function decideOpenly(model: TableModel, inputs: readonly Input[]): TableResult {
  const { start, columns } = openColumns(model, inputs);
  const sets = reachableSets(start, columns, SETS_MAX);
  if (!sets) return judgeRowsAlone(model, start, columns);
  const hits = sets.map(positionsOf);
  return isSingleHit(model.hitPolicy) ? settleEach(model, hits) : collectEach(model, sets);
}

// The rows that the known inputs leave, and for each unknown column the sets of rows that its values accept.
function openColumns(model: TableModel, inputs: readonly Input[]) {
  let start = (1n << BigInt(model.ordered.length)) - 1n;
  const columns: (readonly RowMask[])[] = [];
  model.columns.forEach(({ index }, at) => {
    const input = inputs[at]!;
    if (typeof input === "object" && input !== null) {
      columns.push(index.choices(input));
      return;
    }
    const found = index.locate(input);
    if (found < 0) throw tableFault(model, `cannot hold ${JSON.stringify(input)}`, model.inputs[at]!.name);
    start &= index.classes[found]!.rows;
  });
  for (const position of positionsOf(start)) {
    const met = dependentCells(model, inputs, position);
    if (met === false) start &= ~(1n << BigInt(position));
    // Open: the row may fall away whatever happens to the others.
    if (met === undefined) columns.push([start, start & ~(1n << BigInt(position))]);
  }
  return { start, columns };
}

function dependentCells(model: TableModel, inputs: readonly Input[], position: number): boolean | undefined {
  let met: boolean | undefined = true;
  model.columns.forEach(({ cells }, at) => {
    const cell = cells[position]!;
    if (cell.kind !== "dependent" || met === false) return;
    const one = cell.test(inputs[at]!, inputs);
    if (one !== true) met = one;
  });
  return met;
}

function settleEach(model: TableModel, hits: readonly (readonly number[])[]): TableResult {
  const settle = settleBy(model.hitPolicy, model.ordered);
  const settled = hits.map((some) => settle(some));
  if (settled.every((one) => one === BROKEN)) throw brokenPolicy(model, hits[0]!);
  const deciding = new Set(settled.filter((one) => one >= 0));
  const mayBeNone = settled.includes(NO_ROW);
  // Rows that would break the policy together are all possible: which of them is meant, nobody can say.
  settled.forEach((one, at) => one === BROKEN && hits[at]!.forEach((hit) => deciding.add(hit)));
  const rows = rowsAt(model, [...deciding]);
  const certain = rows.length === 1 && !mayBeNone;
  return { rows: certain ? rows : [], possible: certain ? [] : rows, mayBeNone };
}

function collectEach(model: TableModel, sets: readonly RowMask[]): TableResult {
  const always = sets.reduce((left, right) => left & right);
  const ever = sets.reduce((left, right) => left | right);
  const result: TableResult = {
    rows: rowsAt(model, positionsOf(always)),
    possible: rowsAt(model, positionsOf(ever & ~always)),
    mayBeNone: sets.includes(0n),
  };
  const aggregate = aggregateBy(model.hitPolicy, model.ordered);
  return aggregate ? { ...result, ...aggregateEach(model, sets, aggregate) } : result;
}

function aggregateEach(
  model: TableModel,
  sets: readonly RowMask[],
  aggregate: Aggregate,
): Pick<TableResult, "aggregate" | "aggregateBounds"> {
  const values = new Set(sets.map((set) => exact(model, aggregate(positionsOf(set)))));
  if (values.size === 1) return { aggregate: [...values][0]! };
  const numbers = [...values].filter((value) => value !== null);
  return { aggregateBounds: { min: Math.min(...numbers), max: Math.max(...numbers) } };
}
