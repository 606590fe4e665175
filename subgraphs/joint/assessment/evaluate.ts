/** Runs a pack's program over the facts: one world when every department answered, several when answers could differ. */
import type { Input, Row, TableResult, Value } from "../policy/contract";
import {
  AS_OF_SLOT,
  AS_OF_YEAR_SLOT,
  type Node,
  type PickNode,
  type Program,
  type SumNode,
  type TableNode,
} from "../policy/pack/program";
import { evaluateList } from "./list-state";
import { evaluateProcedure } from "./procedure-state";
import { bitsOf, copyWorld, isUnknown, startRun, type Context, type Run, type World } from "./world";

/** Beyond this many worlds a table no longer splits them; its answer becomes one that is not known. */
const WORLDS_MAX = 64;

/** Every way in which the program can end. At least one world. */
export function evaluate(program: Program, context: Context): readonly World[] {
  const world: World = {
    values: [...program.initial],
    taints: new Array<number>(program.initial.length).fill(0),
    results: new Array<undefined>(program.nodes.length).fill(undefined),
    grounds: new Map(),
  };
  world.values[AS_OF_SLOT] = context.asOf;
  world.values[AS_OF_YEAR_SLOT] = Number(context.asOf.slice(0, 4));
  return continueFrom(0, world, startRun(program, context));
}

function continueFrom(position: number, world: World, run: Run): readonly World[] {
  for (let at = position; at < run.program.nodes.length; at++) {
    const worlds = take(at, world, run);
    if (worlds) return worlds.flatMap((one) => continueFrom(at + 1, one, run));
  }
  return [world];
}

// Gives the worlds that a node splits this one into, or nothing when it does not.
function take(at: number, world: World, run: Run): World[] | undefined {
  const node = run.program.nodes[at]!;
  switch (node.kind) {
    case "table":
      return takeTable(at, world, run);
    case "pick":
      takePick(node, at, world);
      return undefined;
    case "list": {
      const result = evaluateList(node, world, run);
      world.results[at] = { kind: "list", result };
      if (node.slot >= 0) fill(world, node.slot, { value: result.inForce ?? OPEN, taint: result.taint });
      return undefined;
    }
    case "procedure": {
      const result = evaluateProcedure(node, world, run);
      world.results[at] = { kind: "procedure", result };
      if (node.slot >= 0)
        fill(world, node.slot, { value: result.state ?? { unknown: true }, taint: result.taint });
      return undefined;
    }
    default:
      takeValue(node, at, { world, run });
      return undefined;
  }
}

const OPEN: Input = { unknown: true, among: [true, false] };

/** A value with the silent departments that it depends on. */
interface Filling {
  readonly value: Input;
  readonly taint: number;
}

function fill(world: World, slot: number, { value, taint }: Filling): void {
  world.values[slot] = value;
  world.taints[slot] = taint;
}

interface Place {
  readonly world: World;
  readonly run: Run;
}

function takeValue(
  node: Exclude<Node, { readonly kind: "table" | "pick" | "list" | "procedure" }>,
  at: number,
  { world, run: { context } }: Place,
): void {
  const { values, taints } = world;
  switch (node.kind) {
    case "indicator": {
      const { indicator, slot } = node;
      const silent = context.silent && context.silent & bitsOf(indicator.departments);
      const facts = context.factsByType.get(indicator.factType) ?? NO_FACTS;
      const result = indicator.evaluate(facts, context.asOf, silent !== 0);
      world.results[at] = { kind: "indicator", result };
      fill(world, slot, { value: result.value, taint: isUnknown(result.value) ? silent : 0 });
      return;
    }
    case "period":
      values[node.slot] = node.periods.some(
        ({ from, until }) => from <= context.asOf && context.asOf < until,
      );
      return;
    case "sum":
      fill(world, node.slot, { value: sum(node, values), taint: taintOf(node.of, taints) });
      world.results[at] = { kind: "taken", from: node.of };
      return;
    case "membership": {
      const value = values[node.of]!;
      const inList = isUnknown(value) ? memberOf(value.among, node.members) : node.members.has(value);
      fill(world, node.slot, { value: inList, taint: taints[node.of]! });
      world.results[at] = { kind: "taken", from: [node.of] };
    }
  }
}

const NO_FACTS: readonly never[] = [];

function memberOf(among: readonly Value[] | undefined, members: ReadonlySet<Value>): Input {
  if (!among) return OPEN;
  const inside = among.filter((value) => members.has(value)).length;
  return inside === 0 ? false : inside === among.length ? true : OPEN;
}

function taintOf(slots: readonly number[], taints: readonly number[]): number {
  let taint = 0;
  for (const slot of slots) taint |= taints[slot]!;
  return taint;
}

function sum({ of, min, max }: SumNode, values: readonly Input[]): Input {
  let low = 0;
  let high = 0;
  for (const slot of of) {
    const value = values[slot]!;
    const [least, most] = rangeOf(value);
    if (least === null || most === null) return isUnknown(value) ? { unknown: true } : null;
    low += least;
    high += most;
  }
  const clamp = (value: number) => Math.min(Math.max(value, min ?? value), max ?? value);
  const bounded = { unknown: true, min: clamp(low), max: clamp(high) } as const;
  return bounded.min === bounded.max ? bounded.min : bounded;
}

function rangeOf(value: Input): readonly [least: number | null, most: number | null] {
  if (!isUnknown(value)) return typeof value === "number" ? [value, value] : [null, null];
  const { among, min, max } = value;
  if (!among) return [min ?? null, max ?? null];
  const numbers = among.filter((one) => typeof one === "number");
  return numbers.length < among.length ? [null, null] : [Math.min(...numbers), Math.max(...numbers)];
}

// While it is open which case applies, the value is any that one of the cases gives.
function takePick(node: PickNode, at: number, world: World): void {
  const { cases, unrecorded, otherwise, slot } = node;
  const by = world.values[node.by]!;
  if (!isUnknown(by)) {
    const from = by === null ? unrecorded : (cases.get(String(by)) ?? otherwise);
    fill(world, slot, {
      value: firstRecorded(from, world.values),
      taint: taintOf([node.by, ...from], world.taints),
    });
    // What the value was picked by says where to look, not what was found.
    world.results[at] = { kind: "taken", from };
    return;
  }
  const choices = [...cases.values(), unrecorded, otherwise];
  const read = [...new Set(choices.flat())];
  const value = anyOf(choices.map((from) => firstRecorded(from, world.values)));
  fill(world, slot, { value, taint: taintOf([node.by, ...read], world.taints) });
  world.results[at] = { kind: "taken", from: read };
}

function anyOf(inputs: readonly Input[]): Input {
  const among = new Set<Value>();
  for (const input of inputs) {
    if (!isUnknown(input)) among.add(input);
    else if (!input.among) return { unknown: true };
    else for (const value of input.among) among.add(value);
  }
  const [only] = among;
  return among.size === 1 ? only! : { unknown: true, among: [...among] };
}

// The first that is not null; while that is open, any of what could stand before it.
function firstRecorded(from: readonly number[], values: readonly Input[]): Input {
  const open: Value[] = [];
  for (const slot of from) {
    const value = values[slot]!;
    if (isUnknown(value)) {
      if (!value.among) return { unknown: true };
      open.push(...value.among.filter((one) => one !== null));
      if (!value.among.includes(null)) return { unknown: true, among: open };
    } else if (value !== null) return open.length > 0 ? { unknown: true, among: [...open, value] } : value;
  }
  return open.length > 0 ? { unknown: true, among: [...open, null] } : null;
}

function takeTable(at: number, world: World, run: Run): World[] | undefined {
  const node = run.program.nodes[at] as TableNode;
  const result = node.table.evaluate(node.inputs.map((slot) => world.values[slot]!));
  if (node.role !== "VALUE") {
    world.results[at] = { kind: "rows", result };
    return undefined;
  }
  const taint = taintOf(node.inputs, world.taints);
  if (node.table.hitPolicy.startsWith("COLLECT_")) {
    fill(world, node.outputs[0]!, { value: aggregateOf(result), taint });
    world.results[at] = { kind: "rows", result };
    return undefined;
  }
  const answers = answersOf(node, result, world);
  if (answers.length === 1) {
    decideRow({ node, at, world, taint }, answers[0]!);
    return undefined;
  }
  if (!node.isShared || run.worlds + answers.length > WORLDS_MAX) {
    leaveOpen({ node, at, world, taint }, answers, result);
    return undefined;
  }
  run.worlds += answers.length - 1;
  return answers.map((row) => {
    const split = copyWorld(world);
    decideRow({ node, at, world: split, taint }, row);
    return split;
  });
}

function aggregateOf({ aggregate, aggregateBounds }: TableResult): Input {
  return aggregate !== undefined ? aggregate : { unknown: true, ...aggregateBounds };
}

// Rows that give the same outputs are one answer, told by a row that meets what is known rather than by one that might be met.
function answersOf(
  { table, tested }: TableNode,
  { rows, possible, mayBeNone }: TableResult,
  { values }: World,
): (Row | null)[] {
  if (possible.length === 0) return [rows[0] ?? null];
  const isSettled = (row: Row) => tested[row.index]!.every((slot) => !isUnknown(values[slot]!));
  const answers = new Map<string, Row | null>();
  for (const row of [...rows, ...possible]) {
    const key = JSON.stringify(row.outputs);
    const told = answers.get(key);
    if (!told || (!isSettled(told) && isSettled(row))) answers.set(key, row);
  }
  const none = JSON.stringify(table.outputs.map(() => null));
  if (mayBeNone && !answers.has(none)) answers.set(none, null);
  return [...answers.values()];
}

interface TableAt {
  readonly node: TableNode;
  readonly at: number;
  readonly world: World;
  readonly taint: number;
}

function decideRow({ node, at, world, taint }: TableAt, row: Row | null): void {
  node.outputs.forEach((slot, index) => fill(world, slot, { value: row?.outputs[index] ?? null, taint }));
  world.results[at] = { kind: "row", row };
}

function leaveOpen(
  { node, at, world, taint }: TableAt,
  answers: readonly (Row | null)[],
  result: TableResult,
): void {
  node.outputs.forEach((slot, index) => {
    const among = [...new Set(answers.map((row) => row?.outputs[index] ?? null))];
    fill(world, slot, { value: among.length === 1 ? among[0]! : { unknown: true, among }, taint });
  });
  world.results[at] = { kind: "rows", result };
}
