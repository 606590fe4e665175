/** Figures of grades: who was graded again, whose grade is low. Who grades which sector and which grades are low, the scheme says. */
import type { StatisticsSpec } from "../policy/pack/scheme-file";
import { type Figure, type FigureGroup, shareFigure } from "./figure";
import type { CountingDepartment, Row, Sheets } from "./read-sheets";
import { groupsBy, sum } from "./rows";

/** Of all sectors together where every department that grades one has told, and of each sector that was told of. */
export function gradeFigures(sheets: Sheets, { grading }: StatisticsSpec): readonly Figure[] {
  if (!grading) return [];
  const { sectors, downgraded } = grading;
  const others = Object.entries(sectors);
  const registered = (sheets.get("SAFETY") ?? []).filter(
    ({ of }) => !Object.hasOwn(sectors, String(of["sector"])),
  );
  const told = others.map(([sector, department]) => ({ sector, rows: rowsOf(sheets, department) }));
  const labelled = told.flatMap(({ sector, rows }) =>
    (rows ?? []).map(({ of, counts }): Row => ({ of: { ...of, sector }, counts })),
  );
  const rows = [...registered, ...labelled].filter(({ counts }) => "graded" in counts);
  const isWhole = sheets.has("SAFETY") && told.every((one) => one.rows !== undefined);
  const groups = [...(isWhole ? [{ of: null, members: rows }] : []), ...groupsBy(rows, "sector")];
  return groups.flatMap(({ of, members }) => [
    ...shareFigure("regradedShare", { of, part: sum(members, "regraded"), base: sum(members, "graded") }),
    ...downgradedShare(members, "graded", { of, downgraded }),
  ]);
}

/** By what is maintained. */
export function maintenanceFigures(sheets: Sheets, { maintenance }: StatisticsSpec): readonly Figure[] {
  if (!maintenance) return [];
  const rows = (sheets.get("CONSTRUCTION") ?? []).filter(({ counts }) => "assessed" in counts);
  return groupsBy(rows, "kind").flatMap(({ of, members }) =>
    downgradedShare(members, "assessed", { of, ...maintenance }),
  );
}

function rowsOf(sheets: Sheets, department: string): readonly Row[] | undefined {
  return sheets.get(department as CountingDepartment);
}

interface Low {
  readonly of: FigureGroup | null;
  readonly downgraded: readonly string[];
}

function downgradedShare(rows: readonly Row[], counted: string, { of, downgraded }: Low): readonly Figure[] {
  const low = rows.filter((row) => downgraded.includes(String(row.of["grade"])));
  return shareFigure("downgradedShare", { of, part: sum(low, counted), base: sum(rows, counted) });
}
