/** The moves in a few lines for a terminal: question by question, the largest groups, the first examples. */
import { ANYTHING, type Move, type MoveDirection } from "../../../../subgraphs/joint/impact/moves";
import { nameOf } from "./write-csv";

const GROUPS_SHOWN = 3;
const EXAMPLES_SHOWN = 3;

const number = (value: number): string => value.toLocaleString("en");

const isOfAll = ({ industry, district }: Move): boolean => industry === null && district === null;

const sumOf = (moves: readonly Move[], direction: MoveDirection): number =>
  moves.reduce((sum, move) => sum + (move.direction === direction ? move.enterprises : 0), 0);

/** The lines; questions that nobody moves in are named in one line at the end. */
export function describeMoves(moves: readonly Move[]): readonly string[] {
  const questions = [...Map.groupBy(moves, ({ question }) => question)];
  const still = questions.filter(([, all]) => all.every(({ direction }) => direction === "SAME"));
  const lines = questions.flatMap((entry) => (still.includes(entry) ? [] : describeQuestion(...entry)));
  if (still.length > 0) lines.push(`nobody moves: ${still.map(([question]) => question).join(", ")}`);
  return lines;
}

function describeQuestion(question: string, moves: readonly Move[]): string[] {
  const all = moves.filter(isOfAll);
  const directions = (["WORSE", "BETTER", "CHANGED", "UNDETERMINED"] as const)
    .map((direction) => [direction.toLowerCase(), sumOf(all, direction)] as const)
    .filter(([, count]) => count > 0)
    .map(([direction, count]) => `${number(count)} ${direction}`);
  const moved = all.filter(({ direction }) => direction !== "SAME");
  if (question === ANYTHING) return [`each counted once: ${directions.join(", ")}`];
  return ["", `${question}: ${directions.join(", ")}`, ...moved.flatMap((move) => describeMove(move, moves))];
}

function describeMove(move: Move, moves: readonly Move[]): string[] {
  const alike = moves.filter(({ before, after }) => before === move.before && after === move.after);
  const missing = [...move.missing].map(([department, count]) => `${department} silent for ${number(count)}`);
  const head = `  ${move.before} -> ${move.after}`.padEnd(34) + number(move.enterprises).padStart(9);
  return [
    [head, ...missing].join("  "),
    `      industries ${largest(
      alike.filter((one) => one.industry !== null && one.district === null),
      "industry",
    )}`,
    `      districts  ${largest(
      alike.filter((one) => one.industry === null && one.district !== null),
      "district",
    )}`,
    ...move.examples.slice(0, EXAMPLES_SHOWN).map(describeExample),
  ];
}

function largest(moves: readonly Move[], by: "industry" | "district"): string {
  const ordered = moves.toSorted((one, other) => other.enterprises - one.enterprises);
  const shown = ordered
    .slice(0, GROUPS_SHOWN)
    .map((move) => `${nameOf(move[by])} ${number(move.enterprises)}`);
  const more = ordered.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}

function describeExample(one: Move["examples"][number]): string {
  const rows = (ids: readonly string[]): string => ids.join(" ") || "no row";
  return `      ${one.creditCode} ${one.name}: ${rows(one.rowsBefore)} -> ${rows(one.rowsAfter)}`;
}
