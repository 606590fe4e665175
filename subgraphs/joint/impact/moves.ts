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

/** All moves, in the order of the questions, then of the answers; what stays is among them as SAME, without examples. */
export function movesOf(cells: readonly Cell[], questions: readonly Question[]): readonly Move[] {
  return questions.flatMap((question, at) => {
    const moves = new Map<string, OpenMove>();
    for (const cell of cells) for (const group of groupsOf(cell)) count(cell, group, { question, at, moves });
    return [...moves].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, move]) => move);
  });
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

interface Asked {
  readonly question: Question;
  /** Its place among the questions. */
  readonly at: number;
  readonly moves: Map<string, OpenMove>;
}

function count(cell: Cell, group: Group, { question, at, moves }: Asked): void {
  const { before, after, missing } = cell.comparison[at]!;
  const key = keyOf(question, group, [before.value, after.value]);
  let move = moves.get(key);
  if (!move) {
    const direction = directionOf(question, before, after);
    move = {
      question: question.name,
      before: before.value,
      after: after.value,
      direction,
      ...group,
      enterprises: 0,
      missing: new Map(),
      examples: [],
    };
    moves.set(key, move);
  }
  move.enterprises += cell.enterprises;
  for (const department of missing)
    move.missing.set(department, (move.missing.get(department) ?? 0) + cell.enterprises);
  if (move.direction === "SAME") return;
  for (const one of cell.examples)
    addExample(move.examples, { ...one, rowsBefore: before.rows, rowsAfter: after.rows });
}

// Sorts as the moves are told: by answers in their order, the whole before its parts.
function keyOf({ worstFirst }: Question, { industry, district }: Group, answers: readonly string[]): string {
  const places = answers.map((answer) => {
    const place = worstFirst.indexOf(answer);
    return `${place < 0 ? "" : String.fromCodePoint(0x30 + place)}${answer}`;
  });
  const part = (name: string | null): string => (name === null ? "0" : `1${name}`);
  return [...places, part(industry), part(district)].join("\n");
}

function directionOf({ worstFirst }: Question, before: Answer, after: Answer): MoveDirection {
  if (before.value === UNDETERMINED || after.value === UNDETERMINED) return "UNDETERMINED";
  if (before.value === after.value) return "SAME";
  const [from, to] = [before, after].map(({ value }) => worstFirst.indexOf(value)) as [number, number];
  if (from < 0 || to < 0) return "CHANGED";
  return to < from ? "WORSE" : "BETTER";
}
