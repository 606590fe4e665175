/** Reasons: fact -> rule -> measure, the rows that did not count included, each with why. */
import type { EvidenceFact } from "../evidence/evidence";
import type { Program } from "../policy/pack/program";
import type { Measure, NotCounted, Reason } from "./assessment";
import type { AgreedMeasures } from "./certainty";
import { explain } from "./explain";
import { findGrounds } from "./grounds";
import { indicatorRule, referenceTo, ruleOf } from "./references";
import type { DecidingRow } from "./results";
import type { ShownMeasures } from "./show-measures";
import type { World } from "./world";

/** What reasons are read from. */
export interface ReasonScope {
  readonly world: World;
  readonly program: Program;
  readonly agreed: AgreedMeasures;
  readonly shown: ShownMeasures["byHit"];
  /** The slots of grade and title where all worlds agree on them. */
  readonly results: readonly number[];
}

/** All reasons: measures in effect, what grade, title and lists rest on, then what did not count. */
export function reasonsFor(scope: ReasonScope): readonly Reason[] {
  const { agreed, shown } = scope;
  const reasons: Reason[] = [];
  const seen = new Set<EvidenceFact>();
  for (const hit of agreed.effective) {
    const { measure, explanation } = shown.get(hit)!;
    reasons.push(...chain(hit.deciding, [...explanation.facts.keys()], { measure, whyNot: null }));
    for (const fact of explanation.facts.keys()) seen.add(fact);
  }
  reasons.push(...resultReasons(scope, seen), ...groundReasons(scope, seen));
  for (const hit of agreed.replaced) {
    const { measure, explanation } = shown.get(hit)!;
    reasons.push(...chain(hit.deciding, [...explanation.facts.keys()], { measure, whyNot: "OVERRIDDEN" }));
  }
  reasons.push(...uncountedReasons(scope, seen));
  return reasons;
}

interface ChainEnd {
  readonly measure: Measure | null;
  readonly whyNot: NotCounted | null;
}

function chain(row: DecidingRow, facts: readonly EvidenceFact[], { measure, whyNot }: ChainEnd): Reason[] {
  const rule = ruleOf(row);
  const counted = whyNot === null;
  if (facts.length === 0) return [{ fact: null, rule, measure, counted, whyNot }];
  return facts.map((fact) => ({ fact: referenceTo(fact), rule, measure, counted, whyNot }));
}

function resultReasons({ world, program, results }: ReasonScope, seen: Set<EvidenceFact>): Reason[] {
  return results.flatMap((slot) => {
    const { facts, rows } = explain([slot], world, program);
    const [row] = rows;
    for (const fact of facts.keys()) seen.add(fact);
    return row ? chain(row, [...facts.keys()], { measure: null, whyNot: null }) : [];
  });
}

// A ground alone lists nobody: while its procedure is open it is shown as not counted.
function groundReasons({ world, program }: ReasonScope, seen: Set<EvidenceFact>): Reason[] {
  return program.nodes.flatMap((node, at) => {
    const done = world.results[at];
    if (node.kind !== "list" || done?.kind !== "list") return [];
    return findGrounds(node.code, world, program).certain.flatMap((ground) => {
      for (const fact of ground.facts.keys()) seen.add(fact);
      const whyNot = done.result.inForce === true ? null : "PROCEDURE_OPEN";
      return chain(ground, [...ground.facts.keys()], { measure: null, whyNot });
    });
  });
}

function uncountedReasons({ world, program }: ReasonScope, seen: ReadonlySet<EvidenceFact>): Reason[] {
  const reasons: Reason[] = [];
  const said = new Set<string>();
  for (const [at, node] of program.nodes.entries()) {
    const done = world.results[at];
    if (node.kind !== "indicator" || done?.kind !== "indicator") continue;
    for (const { fact, whyNot } of done.result.uncounted) {
      const key = `${fact.id} ${whyNot}`;
      if (seen.has(fact) || said.has(key)) continue;
      said.add(key);
      reasons.push({
        fact: referenceTo(fact),
        rule: indicatorRule(node.indicator),
        measure: null,
        counted: false,
        whyNot,
      });
    }
  }
  return reasons;
}
