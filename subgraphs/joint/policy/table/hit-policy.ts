/** Hit policies (DMN 1.3, section 8.2.10): how the rows that match become the row that decides, or the aggregate. */
import type { HitPolicy, Row, Value } from "../contract";

/** No row decides. */
export const NO_ROW = -1;
/** The rows that match break the hit policy. */
export const BROKEN = -2;

/** Positions of the rows that match, ascending -> the position of the row that decides, NO_ROW or BROKEN. */
export type Settle = (hits: readonly number[]) => number;

/** Positions of the rows that match -> the aggregate; null when there are none to aggregate. */
export type Aggregate = (hits: readonly number[]) => number | null;

/** Whether the policy yields one row at most. */
export function isSingleHit(policy: HitPolicy): boolean {
  return policy === "UNIQUE" || policy === "ANY" || policy === "FIRST" || policy === "PRIORITY";
}

/** Whether the rows are ranked by the order of the outputs' allowed values. */
export function isRanked(policy: HitPolicy): boolean {
  return policy === "PRIORITY" || policy === "OUTPUT_ORDER";
}

/** How a single-hit policy settles. `rows` by position, ranked ones in the order of their rank. */
export function settleBy(policy: HitPolicy, rows: readonly Row[]): Settle {
  if (policy === "UNIQUE") return (hits) => (hits.length > 1 ? BROKEN : (hits[0] ?? NO_ROW));
  if (policy !== "ANY") return (hits) => hits[0] ?? NO_ROW;
  const group = groupByOutputs(rows);
  return (hits) => {
    const first = hits[0];
    if (first === undefined) return NO_ROW;
    return hits.every((hit) => group[hit] === group[first]) ? first : BROKEN;
  };
}

/** How a collecting policy aggregates; undefined when it only collects. */
export function aggregateBy(policy: HitPolicy, rows: readonly Row[]): Aggregate | undefined {
  if (policy === "COLLECT_COUNT") return (hits) => hits.length;
  const values = rows.map((row) => Number(row.outputs[0]));
  const fold = { COLLECT_SUM: (a: number, b: number) => a + b, COLLECT_MIN: Math.min, COLLECT_MAX: Math.max };
  if (policy !== "COLLECT_SUM" && policy !== "COLLECT_MIN" && policy !== "COLLECT_MAX") return undefined;
  const join = fold[policy];
  return (hits) => {
    let total: number | null = null;
    for (const hit of hits) total = total === null ? values[hit]! : join(total, values[hit]!);
    return total;
  };
}

/**
 * Positions of the rows from the most to the least preferred outputs: compared output by output in the order of its allowed
 * values, the earlier row first among equals.
 */
export function rankRows(rows: readonly Row[], allowed: readonly (readonly Value[])[]): Row[] {
  const ranks = rows.map((row) =>
    row.outputs.map((value, at) => (allowed[at]!.length > 0 ? allowed[at]!.indexOf(value) : 0)),
  );
  const compareRanks = (left: Row, right: Row) => {
    const at = ranks[left.index]!.findIndex((rank, output) => rank !== ranks[right.index]![output]);
    return at < 0 ? left.index - right.index : ranks[left.index]![at]! - ranks[right.index]![at]!;
  };
  return [...rows].sort(compareRanks);
}

function groupByOutputs(rows: readonly Row[]): number[] {
  const groups = new Map<string, number>();
  return rows.map((row, position) => {
    const key = JSON.stringify(row.outputs);
    if (!groups.has(key)) groups.set(key, position);
    return groups.get(key)!;
  });
}
