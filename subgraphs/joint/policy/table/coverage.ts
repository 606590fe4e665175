/** Looks for inputs that none of some rows answers: a search column by column that stops where one row answers all that is left. */
import type { RowMask, ValueClass } from "./column-index";
import type { TableModel } from "./table-model";

/** For each column the classes of values that are looked at. */
export type Region = readonly (readonly ValueClass[])[];

/** Steps after which the search gives up: about 0.2 s. */
const STEPS_MAX = 200_000;

/** Everything that an input may be. Null counts only in columns where a cell asks for it or takes it in. */
export function gapRegion(model: TableModel): Region {
  return model.columns.map(({ index, cells }) => {
    const speaksOfNull = cells.some((cell) => cell.kind === "set" && cell.set.hasNull);
    return index.classes.filter(({ values }) => speaksOfNull || !values.hasNull);
  });
}

/** The inputs that one row answers. */
export function rowRegion(model: TableModel, position: number): Region {
  const row = 1n << BigInt(position);
  return model.columns.map(({ index }) => index.classes.filter(({ rows }) => (rows & row) !== 0n));
}

/** The position of a class in each column such that none of `rows` answers; COVERED if there is none. */
export function searchUncovered(region: Region, rows: RowMask): readonly number[] | "COVERED" | "GAVE_UP" {
  const answeringRest = rowsAnsweringRest(region);
  const covered: Set<RowMask>[] = region.map(() => new Set());
  let steps = 0;
  const search = (at: number, live: RowMask): number[] | "COVERED" | "GAVE_UP" => {
    if (live === 0n) return region.slice(at).map(() => 0);
    if ((live & answeringRest[at]!) !== 0n || covered[at]!.has(live)) return "COVERED";
    if (++steps > STEPS_MAX) return "GAVE_UP";
    const tried = new Set<RowMask>();
    for (const [chosen, { rows: accepting }] of region[at]!.entries()) {
      const left = live & accepting;
      if (tried.has(left)) continue;
      tried.add(left);
      const rest = search(at + 1, left);
      if (rest === "GAVE_UP") return rest;
      if (rest !== "COVERED") return [chosen, ...rest];
    }
    covered[at]!.add(live);
    return "COVERED";
  };
  return search(0, rows);
}

// By column, the rows that accept whatever comes in it and in all columns behind it.
function rowsAnsweringRest(region: Region): RowMask[] {
  const answering: RowMask[] = [-1n];
  for (const classes of [...region].reverse()) {
    answering.unshift(classes.reduce((rows, one) => rows & one.rows, answering[0]!));
  }
  return answering;
}
