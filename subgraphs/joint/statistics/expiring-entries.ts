/** How many entries' terms end so soon that removal is applied for now: counted by departments, judged by the days of the lists. */
import type { Pack } from "../policy/pack/pack";
import { anniversaryOf } from "../policy/pack/judge-fact";
import type { ListRule } from "../policy/pack/program";
import type { ComputedFigures } from "./compute-figures";
import { countFigure } from "./figure";
import { LISTING_DEPARTMENTS, type Row, type Sheets } from "./read-sheets";

const NAME = "entriesExpiringWithin30WorkingDays";

/** The figures with that of the entries whose window of removal is open, where the scheme has lists with such a window. */
export function withExpiringEntries(
  computed: ComputedFigures,
  sheets: Sheets,
  { pack, asOf }: { readonly pack: Pack; readonly asOf: string },
): ComputedFigures {
  const lists = [...pack.program.lists.values()].filter(({ spec }) => spec.term && spec.removal);
  if (lists.length === 0) return computed;
  const keeps = (department: string): boolean => LISTING_DEPARTMENTS.some((one) => one === department);
  const missing = computed.missing.map((one) =>
    keeps(one.department) ? { ...one, figures: [...one.figures, NAME] } : one,
  );
  if (LISTING_DEPARTMENTS.some((department) => !sheets.has(department))) return { ...computed, missing };
  const rows = [...sheets.values()].flat();
  const standing = lists.flatMap((rule) =>
    rows.filter((row) => stands(row, rule)).map((row) => ({ row, rule })),
  );
  const expiring = standing.filter(({ row, rule }) => isExpiring(row, rule, { pack, asOf }));
  const sum = (of: typeof standing): number =>
    of.reduce((total, { row }) => total + (row.counts["entriesStanding"] ?? 0), 0);
  const figure = countFigure(NAME, sum(standing), { value: sum(expiring), unit: "ENTRIES" });
  return { figures: [...computed.figures, figure], missing };
}

function stands({ of }: Row, { code, spec }: ListRule): boolean {
  const steps = String(of["steps"] ?? "").split(",");
  return of["list"] === code && !steps.some((step) => spec.endedBySteps.includes(step));
}

function isExpiring(
  { of }: Row,
  { spec }: ListRule,
  { pack, asOf }: { readonly pack: Pack; readonly asOf: string },
): boolean {
  const expiry = anniversaryOf(String(of["publishedOn"]), spec.term!);
  const { first } = pack.program.calendar.workingDaysBefore(expiry, spec.removal!.workingDays);
  return first <= asOf && asOf < expiry;
}
