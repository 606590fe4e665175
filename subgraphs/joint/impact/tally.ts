/** Counts comparisons by place and trade, with the first enterprises of each as examples. */
import type { Comparison } from "./comparison";
import { UNDETERMINED } from "./questions";

/** Who was compared. Industry and district as registered; empty when nothing is recorded. */
export interface Tried {
  readonly creditCode: string;
  readonly name: string;
  readonly industry: string;
  readonly district: string;
}

/** Enterprises of one place and trade of whom all is the same. */
export interface Cell {
  readonly comparison: Comparison;
  readonly industry: string;
  readonly district: string;
  readonly enterprises: number;
  /** The first by credit code; none where nothing moves. */
  readonly examples: readonly Tried[];
}

/** Counts; what it holds depends on how many distinct answers there are, not on how many enterprises. */
export interface Tally {
  readonly add: (one: Tried, comparison: Comparison) => void;
  readonly addCell: (cell: Cell) => void;
  readonly cells: () => readonly Cell[];
}

/** Examples of each move. */
export const EXAMPLES_MAX = 10;

interface OpenCell extends Cell {
  enterprises: number;
  readonly examples: Tried[];
}

/** A tally of nobody yet. */
export function createTally(): Tally {
  const numbers = new Map<Comparison, number>();
  const cells = new Map<string, OpenCell>();
  const texts = new Map<string, Comparison>();

  function cellOf(
    comparison: Comparison,
    { industry, district }: Pick<Cell, "industry" | "district">,
  ): OpenCell {
    let number = numbers.get(comparison);
    if (number === undefined) numbers.set(comparison, (number = numbers.size));
    const key = `${number}\n${industry}\n${district}`;
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { comparison, industry, district, enterprises: 0, examples: [] }));
    return cell;
  }

  return {
    add(one, comparison) {
      const cell = cellOf(comparison, one);
      cell.enterprises++;
      if (moves(comparison)) addExample(cell.examples, one);
    },
    // From another thread a comparison comes as a copy.
    addCell(cell) {
      const text = JSON.stringify(cell.comparison);
      const comparison = texts.get(text) ?? cell.comparison;
      texts.set(text, comparison);
      const own = cellOf(comparison, cell);
      own.enterprises += cell.enterprises;
      for (const example of cell.examples) addExample(own.examples, example);
    },
    cells: () => [...cells.values()],
  };
}

/** Keeps the first examples by credit code, in order. */
export function addExample<One extends Tried>(examples: One[], one: One): void {
  if (examples.length === EXAMPLES_MAX && one.creditCode > examples.at(-1)!.creditCode) return;
  const at = examples.findIndex(({ creditCode }) => creditCode > one.creditCode);
  examples.splice(at < 0 ? examples.length : at, 0, one);
  if (examples.length > EXAMPLES_MAX) examples.pop();
}

const movesOf = new WeakMap<Comparison, boolean>();

function moves(comparison: Comparison): boolean {
  let known = movesOf.get(comparison);
  if (known === undefined) {
    known = comparison.some(
      ({ before, after }) => before.value !== after.value || before.value === UNDETERMINED,
    );
    movesOf.set(comparison, known);
  }
  return known;
}
