/** Which sets of rows can match together when some columns may take several values. */
import type { Row } from "../contract";
import type { RowMask } from "./column-index";
import type { TableModel } from "./table-model";

/**
 * All sets of rows that remain of `start` when one choice is made in each column, without repeats; undefined when there
 * are more than `max`. Exact, because columns vary independently of one another.
 */
export function reachableSets(
  start: RowMask,
  columns: readonly (readonly RowMask[])[],
  max: number,
): readonly RowMask[] | undefined {
  let reached = [start];
  for (const choices of columns) {
    const next = new Set<RowMask>();
    for (const rows of reached) for (const choice of choices) next.add(rows & choice);
    if (next.size > max) return undefined;
    reached = [...next];
  }
  return reached;
}

/** Positions of the rows in a set, ascending. */
export function positionsOf(rows: RowMask): number[] {
  const positions: number[] = [];
  for (let rest = rows, base = 0; rest > 0n; rest >>= 32n, base += 32) {
    for (let word = Number(BigInt.asIntN(32, rest)); word !== 0; word &= word - 1) {
      positions.push(base + 31 - Math.clz32(word & -word));
    }
  }
  return positions;
}

/** The rows at these positions: in the order of the table, or of their rank where that is the order of the result. */
export function rowsAt(
  model: Pick<TableModel, "hitPolicy" | "ordered">,
  positions: readonly number[],
): Row[] {
  const rows = positions.map((position) => model.ordered[position]!);
  const byRank = model.hitPolicy === "OUTPUT_ORDER";
  return rows.sort((a, b) =>
    byRank ? model.ordered.indexOf(a) - model.ordered.indexOf(b) : a.index - b.index,
  );
}
