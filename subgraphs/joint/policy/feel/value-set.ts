/**
 * Sets of values of one column. Every type is coded as whole numbers (scaled numbers, day numbers, 0/1, positions in a
 * dictionary of strings), so a set is a sorted list of disjoint closed ranges, and null is a flag beside it.
 */

/** A closed range of codes; the ends may be infinite. */
export type CodeRange = readonly [low: number, high: number];

/** A set of codes and perhaps null. `ranges` are sorted, disjoint and not adjacent. */
export interface ValueSet {
  readonly ranges: readonly CodeRange[];
  readonly hasNull: boolean;
}

/** The set of these ranges, in any order and overlapping; empty ranges (low above high) are dropped. */
export function unite(ranges: readonly CodeRange[]): CodeRange[] {
  const sorted = ranges.filter(([low, high]) => low <= high).sort((a, b) => a[0] - b[0]);
  const united: CodeRange[] = [];
  for (const range of sorted) {
    const last = united.at(-1);
    if (last && range[0] <= last[1] + 1) united[united.length - 1] = [last[0], Math.max(last[1], range[1])];
    else united.push(range);
  }
  return united;
}

/** What both hold. Both sorted and disjoint. */
export function intersect(left: readonly CodeRange[], right: readonly CodeRange[]): CodeRange[] {
  const both = left.flatMap(([low, high]) =>
    right.map(([otherLow, otherHigh]): CodeRange => [Math.max(low, otherLow), Math.min(high, otherHigh)]),
  );
  return unite(both);
}

/** All whole numbers that the ranges do not hold. */
export function complement(ranges: readonly CodeRange[]): CodeRange[] {
  const gaps: CodeRange[] = [];
  let next = -Infinity;
  for (const [low, high] of ranges) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  if (next < Infinity) gaps.push([next, Infinity]);
  return gaps;
}

/** Whether a code lies in the ranges. */
export function holds(ranges: readonly CodeRange[], code: number): boolean {
  return ranges.some(([low, high]) => code >= low && code <= high);
}

/** Whether the two sets share a value, null included. */
export function meets(left: ValueSet, right: ValueSet): boolean {
  if (left.hasNull && right.hasNull) return true;
  return left.ranges.some(([low, high]) =>
    right.ranges.some(([otherLow, otherHigh]) => low <= otherHigh && otherLow <= high),
  );
}

/** Whether every value of `inner` is in `outer`, null included. */
export function contains(outer: ValueSet, inner: ValueSet): boolean {
  if (inner.hasNull && !outer.hasNull) return false;
  return intersect(inner.ranges, complement(outer.ranges)).length === 0;
}
