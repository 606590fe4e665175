/** Grounds found for a list: rows of the grounds tables, with the facts and the day that each rests on. */
import type { Row } from "../policy/contract";
import type { Program, TableNode } from "../policy/pack/program";
import { explainRow } from "./explain";
import type { DecidingRow, FactSpans } from "./results";
import type { World } from "./world";

/** A ground that certainly holds. `day` is the latest day of its facts; empty when it rests on no dated fact. */
export interface Ground extends DecidingRow {
  readonly facts: FactSpans;
  readonly rows: readonly DecidingRow[];
  readonly day: string;
}

/** What is known of the grounds for one list. */
export interface Grounds {
  readonly certain: readonly Ground[];
  /** Whether further grounds could hold, and which silent departments that hangs on. */
  readonly possible: boolean;
  readonly taint: number;
}

/** The grounds for a list in a world. */
export function findGrounds(list: string, world: World, program: Program): Grounds {
  const certain: Ground[] = [];
  let possible = false;
  let taint = 0;
  for (const [at, node] of program.nodes.entries()) {
    const done = world.results[at];
    if (node.kind !== "table" || node.role !== "GROUNDS" || done?.kind !== "rows") continue;
    const names = (row: Row) => row.outputs[node.outputAt.get("list")!] === list;
    certain.push(...done.result.rows.filter(names).map((row) => toGround({ node, row }, world, program)));
    for (const row of done.result.possible.filter(names)) {
      possible = true;
      taint |= rowTaint(node, row, world);
    }
  }
  return { certain, possible, taint };
}

/** The silent departments that a row hangs on. */
export function rowTaint(node: TableNode, row: Row, world: World): number {
  return node.tested[row.index]!.reduce((taint, slot) => taint | world.taints[slot]!, 0);
}

function toGround(deciding: DecidingRow, world: World, program: Program): Ground {
  const { facts, rows } = explainRow(deciding, world, program);
  const days = [...facts.values()].flatMap(({ day }) => day ?? []);
  return { ...deciding, facts, rows, day: days.sort().at(-1) ?? "" };
}
