/** Sums and groups of counted rows. */
import type { FigureGroup } from "./figure";
import type { Row } from "./read-sheets";

/** How many there are in this respect. */
export const sum = (rows: readonly Row[], name: string): number =>
  rows.reduce((total, { counts }) => total + (counts[name] ?? 0), 0);

/** The rows by what their members have in common in one respect; those of whom it is not recorded are in no group. */
export function groupsBy<Name extends "industry" | "sector" | "kind">(rows: readonly Row[], name: Name) {
  const groups = Map.groupBy(rows, ({ of }) => of[name]);
  return [...groups.entries()]
    .filter(([value]) => typeof value === "string")
    .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
    .map(([value, members]) => ({ of: { [name]: value } as FigureGroup, members }));
}
