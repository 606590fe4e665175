/** Measures as they are shown: who acts, how much, from when to when. */
import type { Program } from "../policy/pack/program";
import type { Measure } from "./assessment";
import { note, type AgreedMeasures, type OpenMatters } from "./certainty";
import { explain, explainRow, type Explanation } from "./explain";
import type { MeasureHit } from "./measures";
import { isUnknown, type World } from "./world";

/** The measures in effect, each code once; and for every hit, replaced ones too, how it is shown. */
export interface ShownMeasures {
  readonly shown: readonly Measure[];
  readonly byHit: ReadonlyMap<MeasureHit, { readonly measure: Measure; readonly explanation: Explanation }>;
}

/** What measures are read from. */
export interface MeasureScope {
  readonly world: World;
  readonly program: Program;
}

/** Shows measures. A quantity that a silent department keeps from us is null. */
export function showMeasures({ effective, replaced }: AgreedMeasures, scope: MeasureScope): ShownMeasures {
  const byHit = new Map<MeasureHit, { measure: Measure; explanation: Explanation }>();
  const shown = new Map<string, Measure>();
  for (const hit of effective) {
    const explanation = explainRow(hit.deciding, scope.world, scope.program);
    const measure = toMeasure(hit, explanation, scope);
    byHit.set(hit, { measure, explanation });
    if (!shown.has(hit.code)) shown.set(hit.code, measure);
  }
  for (const hit of replaced) {
    const explanation = explainRow(hit.deciding, scope.world, scope.program);
    byHit.set(hit, { measure: toMeasure(hit, explanation, scope), explanation });
  }
  return { shown: [...shown.values()], byHit };
}

function toMeasure(hit: MeasureHit, { facts }: Explanation, scope: MeasureScope): Measure {
  const { spec, code, deciding } = hit;
  const spans = [...facts.values()];
  const since =
    spans
      .flatMap((span) => span.since ?? [])
      .sort()
      .at(-1) ?? null;
  const until = spans.flatMap((span) => span.until ?? []).sort()[0] ?? null;
  const quantity = hit.quantity ?? quantityOf(hit, scope);
  return {
    code,
    department: spec.department,
    body: spec.body ?? null,
    direction: hit.direction,
    purpose: spec.purpose ?? null,
    quantity,
    unit: quantity === null ? null : (hit.unit ?? spec.unit ?? null),
    since,
    until,
    legalBasis: deciding.row.legalBasis,
  };
}

function quantityOf({ spec }: MeasureHit, { world, program }: MeasureScope): string | null {
  if (!spec.quantity) return null;
  if ("literal" in spec.quantity) return spec.quantity.literal;
  const slot = program.slotOf.get(spec.quantity.value)!;
  const value = world.values[slot]!;
  if (isUnknown(value) || value === null) return null;
  if (typeof value !== "number") return String(value);
  // An amount of nothing that anybody recorded is no quantity.
  if (value === 0 && explain([slot], world, program).facts.size === 0) return null;
  return formatScaled(value, program.scales[slot]!);
}

/** A scaled number as a decimal: 400000000 of scale 2 is `4000000.00`. */
export function formatScaled(value: number, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(scale + 1, "0");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Notes that the quantity of a measure in effect is not known: it changes no outcome. */
export function noteOpenQuantities(
  { effective }: AgreedMeasures,
  { world, program, open }: MeasureScope & { readonly open: OpenMatters },
): void {
  for (const { code, spec } of effective) {
    if (!spec.quantity || "literal" in spec.quantity) continue;
    const slot = program.slotOf.get(spec.quantity.value)!;
    if (isUnknown(world.values[slot]!)) note(open, `${code} quantity`, world.taints[slot]!);
  }
}
