/** Slots and names while a program is put together: every name is filled by exactly one node. */
import type { ColumnType, Input, Value } from "../contract";
import type { NamedValue } from "../feel/resolve-cell";
import type { Node } from "./program";

/** Grows while nodes are added; nodes find the slots of what they read here. */
export interface ProgramBuilder {
  readonly names: Map<string, NamedValue>;
  readonly nodes: Node[];
  readonly initial: Input[];
  readonly producers: number[];
  readonly scales: number[];
  readonly slotOf: Map<string, number>;
  /** The slot of a name that is known; -1 otherwise. */
  slot(name: string): number;
  /** A new slot for a name. `value` makes it a constant. */
  define(name: string, type: ColumnType, value?: Value): number;
  /** Adds a node that fills these slots. */
  add(node: Node, slots: readonly number[]): void;
}

/** An empty program. */
export function createBuilder(): ProgramBuilder {
  const names = new Map<string, NamedValue>();
  const slotOf = new Map<string, number>();
  const initial: Input[] = [];
  const producers: number[] = [];
  const scales: number[] = [];
  const nodes: Node[] = [];
  return {
    names,
    nodes,
    initial,
    producers,
    scales,
    slotOf,
    slot: (name) => slotOf.get(name) ?? -1,
    define(name, type, value) {
      const slot = initial.length;
      names.set(name, value === undefined ? { type } : { type, value });
      slotOf.set(name, slot);
      initial.push(value ?? null);
      producers.push(-1);
      scales.push(type.kind === "number" ? type.scale : 0);
      return slot;
    },
    add(node, slots) {
      for (const slot of slots) producers[slot] = nodes.length;
      nodes.push(node);
    },
  };
}
