/** The moves as tables: one of counts, one of examples. */
import { writeFileSync } from "node:fs";
import { stringify } from "csv-stringify/sync";
import type { Move } from "../../../../subgraphs/joint/impact/moves";

// The mark at the start lets spreadsheets read the Chinese; cells that look like formulas are disarmed.
const FORM = { header: true, bom: true, escape_formulas: true } as const;

/** A trade or place in words: null is all of them together, empty those of whom none is recorded. */
export function nameOf(value: string | null): string {
  return value === null ? "ALL" : value || "UNRECORDED";
}

function describeMissing({ missing }: Move): string {
  return [...missing]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([department, enterprises]) => `${department} ${enterprises}`)
    .join("; ");
}

/** Writes how many enterprises went from which answer to which, those that stayed among them. */
export function writeMoves(moves: readonly Move[], file: string): void {
  const rows = moves.map((move) => ({
    question: move.question,
    before: move.before,
    after: move.after,
    direction: move.direction,
    industry: nameOf(move.industry),
    district: nameOf(move.district),
    enterprises: move.enterprises,
    silent: describeMissing(move),
    examples: move.examples.map(({ creditCode }) => creditCode).join(" "),
  }));
  writeFileSync(file, stringify(rows, FORM));
}

/** Writes the examples of the moves of all, of each trade and of each place, with the rows that decided. */
export function writeExamples(moves: readonly Move[], file: string): void {
  const grouped = moves.filter(({ industry, district }) => industry === null || district === null);
  const rows = grouped.flatMap((move) =>
    move.examples.map((one) => ({
      question: move.question,
      before: move.before,
      after: move.after,
      direction: move.direction,
      ofIndustry: nameOf(move.industry),
      ofDistrict: nameOf(move.district),
      creditCode: one.creditCode,
      name: one.name,
      industry: one.industry,
      district: one.district,
      rowsBefore: one.rowsBefore.join(" "),
      rowsAfter: one.rowsAfter.join(" "),
    })),
  );
  writeFileSync(file, stringify(rows, { ...FORM, columns: EXAMPLE_COLUMNS }));
}

const EXAMPLE_COLUMNS = [
  ..."question before after direction ofIndustry ofDistrict creditCode name industry district".split(" "),
  ..."rowsBefore rowsAfter".split(" "),
];
