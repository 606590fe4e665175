/** Grounds found for a list: rows of the grounds tables, with the facts and the day that each rests on. */
import type { Row } from "../policy/contract";
import type { Program, TableNode } from "../policy/pack/program";
import { explainRow } from "./explain";
import type { DecidingRow, Ground, Grounds } from "./results";
import type { World } from "./world";

/** The grounds for a list in a world. To be asked for when all grounds tables have run. */
export function findGrounds(list: string, world: World, program: Program): Grounds {
  let grounds = world.grounds.get(list);
  if (!grounds) {
    grounds = readGrounds(list, world, program);
    world.grounds.set(list, grounds);
  }
  return grounds;
}

function readGrounds(list: string, world: World, program: Program): Grounds {
  const certain: Ground[] = [];
  let possible = false;
  let taint = 0;
  for (const at of program.groundTables) {
    const node = program.nodes[at] as TableNode;
    const done = world.results[at];
    if (done?.kind !== "rows") continue;
    const listAt = node.outputAt.get("list")!;
    for (const row of done.result.rows) {
      if (row.outputs[listAt] === list) certain.push(toGround({ node, row }, world, program));
    }
    for (const row of done.result.possible) {
      if (row.outputs[listAt] !== list) continue;
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
  const spans = [...facts.values()];
  const last = (days: readonly string[]) => [...days].sort().at(-1);
  const day = last(spans.flatMap((span) => span.day ?? [])) ?? "";
  return { ...deciding, facts, rows, day, since: last(spans.flatMap((span) => span.since ?? [])) ?? null };
}
