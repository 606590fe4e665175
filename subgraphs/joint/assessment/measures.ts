/** The measures that a world brings: rows of the measures tables, less those that another measure replaces. */
import type { Row } from "../policy/contract";
import type { Program, TableNode } from "../policy/pack/program";
import type { MeasureSpec } from "../policy/pack/scheme-file";
import type { Direction, Outcome, Purpose } from "./assessment";
import type { DecidingRow } from "./results";
import type { World } from "./world";

/** A measure as a row brings it. */
export interface MeasureHit {
  readonly code: string;
  readonly spec: MeasureSpec;
  readonly deciding: DecidingRow;
  readonly outcome: Outcome;
  readonly direction: Direction;
  /** From the row; else as the catalogue says. */
  readonly quantity: string | null;
  readonly unit: string | null;
}

/** Hits that certainly hold in a world, and those that hang on what the silent departments would say. */
export interface MeasureHits {
  readonly certain: readonly MeasureHit[];
  readonly possible: readonly MeasureHit[];
}

/** All hits of a world, replaced ones included. */
export function findMeasures(world: World, program: Program): MeasureHits {
  const certain: MeasureHit[] = [];
  const possible: MeasureHit[] = [];
  for (const at of program.measureTables) {
    const node = program.nodes[at] as TableNode;
    const done = world.results[at];
    if (done?.kind !== "rows") continue;
    for (const row of done.result.rows) certain.push(toHit(node, row, program));
    for (const row of done.result.possible) possible.push(toHit(node, row, program));
  }
  return { certain, possible };
}

function toHit(node: TableNode, row: Row, program: Program): MeasureHit {
  const output = (name: string) => {
    const at = node.outputAt.get(name);
    return at === undefined ? null : (row.outputs[at] as string | null);
  };
  const code = output("measure")!;
  const spec = program.measures.get(code)!;
  const outcome = (output("outcome") as Outcome | null) ?? spec.outcome ?? "NORMAL";
  return {
    code,
    spec,
    deciding: { node, row },
    outcome,
    direction: (output("direction") as Direction | null) ?? directionOf(outcome, spec),
    quantity: output("quantity"),
    unit: output("unit"),
  };
}

function directionOf(outcome: Outcome, spec: MeasureSpec): Direction {
  if (outcome === "FAVOURED") return "INCENTIVE";
  return outcome === "RESTRICTED" || outcome === "BARRED" ? "PUNISHMENT" : spec.direction;
}

/** Whether `other` keeps `hit` from taking effect: it replaces it, or punishes where the hit would favour. */
function replaces(other: MeasureHit, hit: MeasureHit): boolean {
  if (other.spec.overrides.includes(hit.code)) return true;
  const samePurpose = hit.spec.purpose !== undefined && hit.spec.purpose === other.spec.purpose;
  return samePurpose && hit.outcome === "FAVOURED" && strength(other.outcome) > strength("FAVOURED");
}

/** The hits that take effect when exactly these hold. */
export function inEffect(hits: readonly MeasureHit[]): readonly MeasureHit[] {
  if (hits.length < 2) return hits;
  return hits.filter((hit) => !hits.some((other) => replaces(other, hit)));
}

const STRENGTH: readonly Outcome[] = ["NORMAL", "FAVOURED", "RESTRICTED", "BARRED"];

function strength(outcome: Outcome): number {
  return STRENGTH.indexOf(outcome);
}

/** The strongest outcome that these measures bring for a purpose. */
function outcomeOf(hits: readonly MeasureHit[], purpose: Purpose): Outcome {
  let strongest: Outcome = "NORMAL";
  for (const { spec, outcome } of hits) {
    if (spec.purpose === purpose && strength(outcome) > strength(strongest)) strongest = outcome;
  }
  return strongest;
}

/** Up to this many possible measures every combination is tried; beyond, each alone and all together. */
const COMBINED_MAX = 6;

/** Every outcome for a purpose that the answers of the silent departments could lead to in this world. */
export function reachableOutcomes(
  { certain, possible }: MeasureHits,
  purpose: Purpose,
): ReadonlySet<Outcome> {
  const relevant = possible.filter(({ spec }) => spec.purpose === purpose || spec.overrides.length > 0);
  return new Set(
    combinations(relevant).map((further) => outcomeOf(inEffect([...certain, ...further]), purpose)),
  );
}

function combinations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length > COMBINED_MAX) return [[], ...items.map((item) => [item]), items];
  return items.reduce<readonly (readonly T[])[]>(
    (sets, item) => [...sets, ...sets.map((set) => [...set, item])],
    [[]],
  );
}
