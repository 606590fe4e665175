/** From counted cells to moves: how many went from which answer to which, in all, by trade, by place, and by both. */
import type { Answer } from "./comparison";
import { type Question, UNDETERMINED } from "./questions";
import { addExample, type Cell, type Tried } from "./tally";

/** SAME is no move; UNDETERMINED is none either: a silent department could say otherwise. CHANGED: neither better nor worse. */
export type MoveDirection = "WORSE" | "BETTER" | "CHANGED" | "UNDETERMINED" | "SAME";

/** An enterprise that moved, and the rows that decided before and after. */
export interface MoveExample extends Tried {
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
}

/** How many enterprises went from one answer to another. `industry` and `district` null: of all. */
export interface Move {
  readonly question: string;
  readonly before: string;
  readonly after: string;
  readonly direction: MoveDirection;
  readonly industry: string | null;
  readonly district: string | null;
  readonly enterprises: number;
  /** For how many of them each silent department keeps the answer open. */
  readonly missing: ReadonlyMap<string, number>;
  readonly examples: readonly MoveExample[];
}

interface OpenMove extends Move {
  enterprises: number;
  readonly missing: Map<string, number>;
  readonly examples: MoveExample[];
}

/** The question under which every enterprise is counted once, whatever moves: as worse if anything is. */
export const ANYTHING = "ANYTHING";
// Worse in one respect is worse; better only where nothing is kept open by silence.
const WEIGHTIEST_FIRST: readonly MoveDirection[] = ["WORSE", "UNDETERMINED", "BETTER", "CHANGED", "SAME"];

/** All moves, in the order of the questions, then of the answers; what stays is among them as SAME, without examples. */
export function movesOf(cells: readonly Cell[], questions: readonly Question[]): readonly Move[] {
  const anything = collect(cells, (cell) => wholeStep(cell, questions));
  const each = questions.flatMap((question, at) => collect(cells, (cell) => stepOf(cell, question, at)));
  return [...anything, ...each];
}

/** What one cell's enterprises do in one respect; `order` is where it is told. */
interface Step extends Pick<Move, "question" | "before" | "after" | "direction"> {
  readonly order: string;
  readonly missing: readonly string[];
  readonly rowsBefore: readonly string[];
  readonly rowsAfter: readonly string[];
}

function wholeStep({ comparison }: Cell, questions: readonly Question[]): Step {
  const directions = comparison.map(({ before, after }, at) => directionOf(questions[at]!, before, after));
  const direction = WEIGHTIEST_FIRST.find((one) => directions.includes(one)) ?? "SAME";
  const isOpen = direction === "UNDETERMINED";
  return {
    question: ANYTHING,
    before: "",
    after: "",
    direction,
    order: String(WEIGHTIEST_FIRST.indexOf(direction)),
    missing: isOpen ? [...new Set(comparison.flatMap(({ missing }) => missing))] : [],
    rowsBefore: [...new Set(comparison.flatMap(({ before }) => before.rows))].sort(),
    rowsAfter: [...new Set(comparison.flatMap(({ after }) => after.rows))].sort(),
  };
}

function stepOf({ comparison }: Cell, question: Question, at: number): Step {
  const { before, after, missing } = comparison[at]!;
  return {
    question: question.name,
    before: before.value,
    after: after.value,
    direction: directionOf(question, before, after),
    order: `${placeOf(before, question)}\n${placeOf(after, question)}`,
    missing,
    rowsBefore: before.rows,
    rowsAfter: after.rows,
  };
}

// Sorts answers in their order; those that are in none come last, by their names.
function placeOf({ value }: Answer, { worstFirst }: Question): string {
  const place = worstFirst.indexOf(value);
  return place < 0 ? `z${value}` : String.fromCodePoint(0x61 + place);
}

function collect(cells: readonly Cell[], toStep: (cell: Cell) => Step): readonly Move[] {
  const moves = new Map<string, OpenMove>();
  for (const cell of cells) {
    const step = toStep(cell);
    for (const group of groupsOf(cell)) count(cell, step, openMove(moves, step, group));
  }
  return [...moves].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, move]) => move);
}

type Group = Pick<Move, "industry" | "district">;

function groupsOf({ industry, district }: Cell): readonly Group[] {
  return [
    { industry: null, district: null },
    { industry, district: null },
    { industry: null, district },
    { industry, district },
  ];
}

function openMove(moves: Map<string, OpenMove>, step: Step, group: Group): OpenMove {
  // The whole before its parts.
  const part = (name: string | null): string => (name === null ? "0" : `1${name}`);
  const key = `${step.order}\n${part(group.industry)}\n${part(group.district)}`;
  const known = moves.get(key);
  if (known) return known;
  const { question, before, after, direction } = step;
  const move = {
    question,
    before,
    after,
    direction,
    ...group,
    enterprises: 0,
    missing: new Map(),
    examples: [],
  };
  moves.set(key, move);
  return move;
}

function count(cell: Cell, { missing, rowsBefore, rowsAfter }: Step, move: OpenMove): void {
  move.enterprises += cell.enterprises;
  for (const department of missing)
    move.missing.set(department, (move.missing.get(department) ?? 0) + cell.enterprises);
  if (move.direction === "SAME") return;
  for (const one of cell.examples) addExample(move.examples, { ...one, rowsBefore, rowsAfter });
}

function directionOf({ worstFirst }: Question, before: Answer, after: Answer): MoveDirection {
  if (before.value === UNDETERMINED || after.value === UNDETERMINED) return "UNDETERMINED";
  if (before.value === after.value) return "SAME";
  const [from, to] = [before, after].map(({ value }) => worstFirst.indexOf(value)) as [number, number];
  if (from < 0 || to < 0) return "CHANGED";
  return to < from ? "WORSE" : "BETTER";
}
