/** One figure of a statistic, and its arithmetic: in whole numbers, so that no share is rounded twice. */

/** What the enterprises of a figure have in common; empty: all of them. */
export interface FigureGroup {
  readonly industry?: string;
  readonly sector?: string;
  readonly kind?: string;
  readonly level?: number;
  readonly aboveDesignatedSize?: boolean;
  readonly keyIndustries?: boolean;
}

/** `base`: how many it is about; `part`: how many of them it counts; `value`: per cent with one decimal, or a whole number, as `unit` says. */
export interface Figure {
  readonly name: string;
  readonly of: FigureGroup | null;
  readonly base: number;
  readonly part: number;
  readonly value: string;
  readonly unit: "PERCENT" | "ENTERPRISES" | "ENTRIES";
  /** What the scheme wants it to be at least; null where it sets nothing. */
  readonly target: string | null;
  /** Judged by the exact ratio, not by the rounded value. */
  readonly met: boolean | null;
}

/** What a share is of: `part` of `base`; `target` in per cent with at most one decimal. */
export interface Share {
  readonly of: FigureGroup | null;
  readonly part: number;
  readonly base: number;
  readonly target?: number | undefined;
}

const inTenths = (percent: number): number => Math.round(percent * 10);

/** A share in per cent, rounded half up to one decimal. None of nobody: an empty list where `base` is 0. */
export function shareFigure(name: string, { of, part, base, target }: Share): readonly Figure[] {
  if (base === 0) return [];
  const tenths = Math.floor((2_000 * part + base) / (2 * base));
  const isSet = target !== undefined;
  return [
    {
      name,
      of,
      base,
      part,
      value: `${Math.floor(tenths / 10)}.${tenths % 10}`,
      unit: "PERCENT",
      target: isSet ? String(target) : null,
      met: isSet ? part * 1_000 >= inTenths(target) * base : null,
    },
  ];
}

/** The least whole number that is not below `share` per cent of `base`. */
export function quotaFigure(name: string, base: number, share: number): Figure {
  return countFigure(name, base, { value: Math.ceil((base * inTenths(share)) / 1_000) });
}

/** A plain number. */
export function countFigure(
  name: string,
  base: number,
  { value, unit = "ENTERPRISES" }: { readonly value: number; readonly unit?: "ENTERPRISES" | "ENTRIES" },
): Figure {
  return { name, of: null, base, part: value, value: String(value), unit, target: null, met: null };
}
