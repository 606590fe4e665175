/** What a value rests on: the facts that were counted and the rows that decided, back through all tables. */
import type { EvidenceFact } from "../evidence/evidence";
import type { Program } from "../policy/pack/program";
import type { DecidingRow, FactSpan } from "./results";
import type { World } from "./world";

/** Facts with the day by which the indicator placed each in time; rows in the order in which they are met. */
export interface Explanation {
  readonly facts: Map<EvidenceFact, FactSpan>;
  readonly rows: DecidingRow[];
}

/** Explains the values of these slots in a world. */
export function explain(slots: readonly number[], world: World, program: Program): Explanation {
  const explanation: Explanation = { facts: new Map(), rows: [] };
  const seen = new Set<number>();
  const visit = (slot: number): void => {
    const at = program.producers[slot] ?? -1;
    if (at < 0 || seen.has(at)) return;
    seen.add(at);
    explainNode(at, { world, program, explanation, visit });
  };
  slots.forEach(visit);
  return explanation;
}

interface Walk {
  readonly world: World;
  readonly program: Program;
  readonly explanation: Explanation;
  readonly visit: (slot: number) => void;
}

function explainNode(at: number, { world, program, explanation, visit }: Walk): void {
  const node = program.nodes[at]!;
  const done = world.results[at];
  if (!done) return;
  if (done.kind === "indicator" && node.kind === "indicator") {
    for (const fact of done.result.counted) {
      const day = node.indicator.dayOf(fact);
      explanation.facts.set(fact, {
        day,
        since: node.indicator.countsFrom(fact),
        until: fact.validUntil,
      });
    }
  } else if (done.kind === "taken") done.from.forEach(visit);
  else if (done.kind === "row" && node.kind === "table") {
    if (!done.row) return node.inputs.forEach(visit);
    explanation.rows.push({ node, row: done.row });
    node.tested[done.row.index]!.forEach(visit);
  } else if (done.kind === "rows" && node.kind === "table") {
    for (const row of done.result.rows) {
      explanation.rows.push({ node, row });
      node.tested[row.index]!.forEach(visit);
    }
  } else if (done.kind === "list" || done.kind === "procedure") {
    for (const [fact, span] of done.result.facts) explanation.facts.set(fact, span);
    if (done.kind === "list") explanation.rows.push(...done.result.rows);
  }
}

/** The facts and rows behind one row of a table, the row itself first. */
export function explainRow({ node, row }: DecidingRow, world: World, program: Program): Explanation {
  const explanation = explain(node.tested[row.index]!, world, program);
  return { facts: explanation.facts, rows: [{ node, row }, ...explanation.rows] };
}
