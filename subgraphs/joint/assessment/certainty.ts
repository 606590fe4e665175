/** What all worlds agree on, and what not: the certain part of an assessment, and what silent departments could change. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import type { Value } from "../policy/contract";
import type { Program } from "../policy/pack/program";
import { PURPOSES, type MissingSource, type Outcome, type Purpose } from "./assessment";
import { rowTaint } from "./grounds";
import { findMeasures, inEffect, reachableOutcomes, type MeasureHit, type MeasureHits } from "./measures";
import { departmentsOf, isUnknown, knownOrNull, type World } from "./world";

/** Collects what silent departments could change: a name (a purpose, a measure, `grade`) with departments as bits. */
export type OpenMatters = Map<string, number>;

/** The value of a slot when it is the same in all worlds; else null, and noted as open under this name. */
export function agreedValue(slot: number, what: string, scope: AgreementScope): Value {
  if (slot < 0) return null;
  const { worlds, open } = scope;
  const [first] = worlds;
  const value = knownOrNull(first!.values[slot]);
  const agreed = worlds.every(({ values }) => !isUnknown(values[slot]!) && values[slot] === value);
  if (agreed) return value;
  note(
    open,
    what,
    worlds.reduce((taint, { taints }) => taint | taints[slot]!, 0),
  );
  return null;
}

/** The worlds of one assessment, and the matters that are found open on the way. */
export interface AgreementScope {
  readonly program: Program;
  readonly worlds: readonly World[];
  readonly open: OpenMatters;
}

/** Notes that a matter hangs on these departments. */
export function note(open: OpenMatters, what: string, taint: number): void {
  open.set(what, (open.get(what) ?? 0) | taint);
}

/** Measures that take effect in every world, those that are replaced in the first, and the outcome for each purpose. */
export interface AgreedMeasures {
  readonly effective: readonly MeasureHit[];
  readonly replaced: readonly MeasureHit[];
  readonly outcomes: Readonly<Record<Purpose, Outcome>>;
}

/** Agrees on measures and outcomes; what could change is noted. */
export function agreeOnMeasures(scope: AgreementScope): AgreedMeasures {
  const { worlds, program } = scope;
  const perWorld = worlds.map((world) => findMeasures(world, program));
  const [first] = perWorld;
  if (worlds.length === 1 && first!.possible.length === 0) {
    const effective = inEffect(first!.certain);
    const replaced = first!.certain.filter((hit) => !effective.includes(hit));
    return { effective, replaced, outcomes: outcomesOf([first!], effective, scope.open) };
  }
  const inAll = perWorld.map(effectiveWhatever);
  const effective = inAll[0]!.filter(({ code }) =>
    inAll.every((hits) => hits.some((hit) => hit.code === code)),
  );
  const codes = new Set(effective.map(({ code }) => code));
  perWorld.forEach(({ certain, possible }, at) => {
    for (const hit of [...certain, ...possible]) {
      if (!codes.has(hit.code)) noteMeasure(hit, worlds[at]!, scope);
    }
  });
  const inEvery = ({ code }: MeasureHit) =>
    perWorld.every(({ certain }) => certain.some((hit) => hit.code === code));
  const replaced = first!.certain.filter((hit) => inEvery(hit) && !inEffect(first!.certain).includes(hit));
  return { effective, replaced, outcomes: outcomesOf(perWorld, effective, scope.open) };
}

// In effect whether or not the possible measures come as well.
function effectiveWhatever({ certain, possible }: MeasureHits): readonly MeasureHit[] {
  const withAll = inEffect([...certain, ...possible]);
  return inEffect(certain).filter((hit) => withAll.includes(hit));
}

function noteMeasure({ code, spec, deciding }: MeasureHit, world: World, { open }: AgreementScope): void {
  const taint = rowTaint(deciding.node, deciding.row, world);
  if (taint === 0) return;
  note(open, code, taint);
  if (spec.purpose) note(open, `:${spec.purpose}`, taint);
}

function outcomesOf(
  perWorld: readonly MeasureHits[],
  effective: readonly MeasureHit[],
  open: OpenMatters,
): Readonly<Record<Purpose, Outcome>> {
  const outcomes = {} as Record<Purpose, Outcome>;
  for (const purpose of PURPOSES) {
    const isTouched = ({ spec }: MeasureHit) => spec.purpose === purpose;
    if (!perWorld.some(({ certain, possible }) => certain.some(isTouched) || possible.some(isTouched))) {
      outcomes[purpose] = "NORMAL";
      continue;
    }
    const reachable = new Set<Outcome>();
    for (const hits of perWorld)
      for (const outcome of reachableOutcomes(hits, purpose)) reachable.add(outcome);
    const [only] = reachable;
    // Different incentives in different worlds are no incentive that could be promised.
    const isUnpromised =
      only === "FAVOURED" && !effective.some((hit) => hit.spec.purpose === purpose && hit.outcome === only);
    outcomes[purpose] = reachable.size === 1 && !isUnpromised ? only! : "UNDETERMINED";
    if (outcomes[purpose] !== "UNDETERMINED") open.delete(`:${purpose}`);
  }
  return outcomes;
}

/** Every silent department, with what its answer could change; purposes first. */
export function missingSources(silent: number, open: OpenMatters): readonly MissingSource[] {
  if (silent === 0) return [];
  const couldChange = (department: FactDepartment) =>
    [...open]
      .filter(([, taint]) => departmentsOf(taint).includes(department))
      .map(([what]) => what)
      .sort((a, b) => Number(b.startsWith(":")) - Number(a.startsWith(":")) || (a < b ? -1 : 1))
      .map((what) => what.replace(":", ""));
  return departmentsOf(silent).map((department) => ({ department, couldChange: couldChange(department) }));
}
