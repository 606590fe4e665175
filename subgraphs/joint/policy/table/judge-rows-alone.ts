/** The answer when the unknown inputs allow too many combinations: each row is met, not met or open, apart from the others. */
import type { Row, TableResult } from "../contract";
import type { RowMask } from "./column-index";
import { isSingleHit } from "./hit-policy";
import { positionsOf, rowsAt } from "./reach";
import { exact } from "./table-fault";
import type { TableModel } from "./table-model";

/** `start` are the rows that the known inputs leave, `columns` what the unknown ones may leave. */
export function judgeRowsAlone(
  model: TableModel,
  start: RowMask,
  columns: readonly (readonly RowMask[])[],
): TableResult {
  const always = columns.reduce((rows, choices) => rows & choices.reduce((a, b) => a & b), start);
  const ever = columns.reduce((rows, choices) => rows & choices.reduce((a, b) => a | b), start);
  const certain = rowsAt(model, positionsOf(always));
  const mayBeNone = certain.length === 0;
  if (isSingleHit(model.hitPolicy)) return decideAlone(model, positionsOf(ever), positionsOf(always));
  const possible = rowsAt(model, positionsOf(ever & ~always));
  return { rows: certain, possible, mayBeNone, ...boundAggregate(model, certain, possible) };
}

function decideAlone(model: TableModel, ever: readonly number[], certain: readonly number[]): TableResult {
  const ordered = model.hitPolicy === "FIRST" || model.hitPolicy === "PRIORITY";
  // Behind the first row that certainly matches none can decide.
  const last = ordered && certain.length > 0 ? ever.indexOf(certain[0]!) + 1 : ever.length;
  const candidates = rowsAt(model, ever.slice(0, last));
  const mayBeNone = certain.length === 0;
  const decided = candidates.length === 1 && !mayBeNone;
  return { rows: decided ? candidates : [], possible: decided ? [] : candidates, mayBeNone };
}

function boundAggregate(
  model: TableModel,
  certain: readonly Row[],
  possible: readonly Row[],
): Pick<TableResult, "aggregate" | "aggregateBounds"> {
  if (model.hitPolicy === "COLLECT_COUNT") {
    return { aggregateBounds: { min: certain.length, max: certain.length + possible.length } };
  }
  const valuesOf = (rows: readonly Row[]) => rows.map((row) => Number(row.outputs[0]));
  const sure = valuesOf(certain);
  const open = valuesOf(possible);
  const sum = (values: readonly number[]) =>
    exact(
      model,
      values.reduce((a, b) => a + b, 0),
    )!;
  switch (model.hitPolicy) {
    case "COLLECT_SUM": {
      const base = sum(sure);
      const min = base + sum(open.filter((value) => value < 0));
      return { aggregateBounds: { min, max: base + sum(open.filter((value) => value > 0)) } };
    }
    case "COLLECT_MIN":
      return {
        aggregateBounds: {
          min: Math.min(...sure, ...open),
          max: Math.min(...(sure.length ? sure : [Math.max(...open)])),
        },
      };
    case "COLLECT_MAX":
      return {
        aggregateBounds: {
          min: Math.max(...(sure.length ? sure : [Math.min(...open)])),
          max: Math.max(...sure, ...open),
        },
      };
    default:
      return {};
  }
}
