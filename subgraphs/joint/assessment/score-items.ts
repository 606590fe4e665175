/** The items that a score adds up from: one for each fact that was counted, one for each table that gave points. */
import type { EvidenceFact } from "../evidence/evidence";
import type { Program, SumNode } from "../policy/pack/program";
import { findFactType } from "../../../schema/fact-catalogue";
import { findField } from "../policy/pack/fact-fields";
import type { ScoreItem } from "./assessment";
import { explain } from "./explain";
import { indicatorRule, referenceTo, ruleOf } from "./references";
import { knownOrNull, type World } from "./world";

/** Items of the score of a world. A score that is one value has one item. */
export function itemizeScore(program: Program, world: World): readonly ScoreItem[] {
  const { score } = program.results;
  const at = program.producers[score] ?? -1;
  const node = program.nodes[at];
  const parts = node?.kind === "sum" ? (node satisfies SumNode).of : [score];
  return parts.flatMap((slot) => itemsOf(slot, program, world));
}

function itemsOf(slot: number, program: Program, world: World): ScoreItem[] {
  const at = program.producers[slot] ?? -1;
  const node = program.nodes[at];
  const done = world.results[at];
  const unit = 10 ** program.scales[slot]!;
  if (node?.kind === "indicator" && done?.kind === "indicator") {
    const { indicator } = node;
    const points = (fact: EvidenceFact) => pointsOf(fact, indicator.factType, indicator.field) / unit;
    return done.result.counted.map((fact) => ({
      label: indicator.label.zh,
      points: points(fact),
      since: fact.validFrom ?? fact.occurredOn,
      until: fact.validUntil,
      fact: referenceTo(fact),
      rule: indicatorRule(indicator),
    }));
  }
  const value = knownOrNull(world.values[slot]);
  if (node?.kind !== "table" || done?.kind !== "row" || !done.row || typeof value !== "number") return [];
  const { facts } = explain([slot], world, program);
  const [entry] = facts;
  return [
    {
      label: done.row.text.zh,
      points: value / unit,
      since: entry?.[1].since ?? null,
      until: entry?.[1].until ?? null,
      fact: entry ? referenceTo(entry[0]) : null,
      rule: ruleOf({ node, row: done.row }),
    },
  ];
}

function pointsOf(fact: EvidenceFact, factType: string, fieldName: string | null): number {
  const field = fieldName === null ? undefined : findField(findFactType(factType)!, fieldName);
  return (field?.read(fact) as number | null | undefined) ?? 0;
}
