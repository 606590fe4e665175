import type { Comparison } from "../../../../subgraphs/joint/impact/comparison";
import { ANYTHING, movesOf } from "../../../../subgraphs/joint/impact/moves";
import type { Question } from "../../../../subgraphs/joint/impact/questions";
import { createTally, EXAMPLES_MAX, type Tally, type Tried } from "../../../../subgraphs/joint/impact/tally";

const question = (name: string): Question => ({
  name,
  worstFirst: ["BARRED", "RESTRICTED", "NORMAL", "FAVOURED"],
  answer: () => "",
  isAbout: () => false,
  isReason: () => false,
});
const questions = [question("LOAN"), question("BID")];

const stays = { before: { value: "NORMAL", rows: [] }, after: { value: "NORMAL", rows: [] }, missing: [] };
const goes = (before: string, after: string, ...missing: string[]): Comparison => [
  { before: { value: before, rows: ["OLD"] }, after: { value: after, rows: ["NEW"] }, missing },
  stays,
];

const enterprise = (nth: number, industry = "MINING", district = "北仑区"): Tried => ({
  creditCode: String(nth).padStart(18, "0"),
  name: `企业${nth}`,
  industry,
  district,
});

const toldOf = (tally: Tally, name: string) =>
  movesOf(tally.cells(), questions)
    .filter(({ question: asked }) => asked === name)
    .map(({ before, after, direction, industry, district, enterprises }) =>
      [before, after, direction, industry, district, enterprises].join(" "),
    );

test("moves are told of all, of each trade, of each place and of both", () => {
  const tally = createTally();
  const worse = goes("NORMAL", "BARRED");
  tally.add(enterprise(1), worse);
  tally.add(enterprise(2, "POWER"), worse);
  tally.add(enterprise(3, "POWER", ""), worse);
  expect(toldOf(tally, "LOAN")).toEqual([
    "NORMAL BARRED WORSE   3",
    "NORMAL BARRED WORSE   1",
    "NORMAL BARRED WORSE  北仑区 2",
    "NORMAL BARRED WORSE MINING  1",
    "NORMAL BARRED WORSE MINING 北仑区 1",
    "NORMAL BARRED WORSE POWER  2",
    "NORMAL BARRED WORSE POWER  1",
    "NORMAL BARRED WORSE POWER 北仑区 1",
  ]);
});

test("an answer that hangs on a silent department is no move, least of all a favourable one", () => {
  const tally = createTally();
  tally.add(enterprise(1), goes("UNDETERMINED", "FAVOURED", "TAX"));
  tally.add(enterprise(2), goes("BARRED", "UNDETERMINED", "TAX", "FINANCE"));
  tally.add(enterprise(3), goes("UNDETERMINED", "UNDETERMINED", "TAX"));
  const moves = movesOf(tally.cells(), questions);
  expect(new Set(moves.filter((one) => one.question === "LOAN").map(({ direction }) => direction))).toEqual(
    new Set(["UNDETERMINED"]),
  );
  const whole = moves.find((one) => one.question === ANYTHING && one.industry === null)!;
  expect([whole.direction, whole.enterprises, Object.fromEntries(whole.missing)]).toEqual([
    "UNDETERMINED",
    3,
    { TAX: 3, FINANCE: 1 },
  ]);
});

test("one who is better in one respect and open in another is not told as better", () => {
  const tally = createTally();
  tally.add(enterprise(1), [
    { before: { value: "NORMAL", rows: [] }, after: { value: "FAVOURED", rows: [] }, missing: [] },
    { before: { value: "UNDETERMINED", rows: [] }, after: { value: "NORMAL", rows: [] }, missing: ["TAX"] },
  ]);
  expect(toldOf(tally, ANYTHING)[0]).toBe("  UNDETERMINED   1");
});

test("the examples are the first ten by credit code, in whatever order and by whichever thread they were found", () => {
  const worse = goes("NORMAL", "RESTRICTED");
  const codes = Array.from({ length: 40 }, (_, nth) => (nth * 7) % 40);
  const whole = createTally();
  for (const nth of codes) whole.add(enterprise(nth), worse);
  const [left, right, merged] = [createTally(), createTally(), createTally()];
  for (const nth of codes) (nth % 3 ? left : right).add(enterprise(nth), structuredClone(worse));
  for (const cell of [...right.cells(), ...left.cells()]) merged.addCell(structuredClone(cell));
  const first = (tally: Tally) => movesOf(tally.cells(), questions).find((one) => one.question === "LOAN")!;
  expect(first(whole).examples.map(({ creditCode }) => Number(creditCode))).toEqual(
    Array.from({ length: EXAMPLES_MAX }, (_, nth) => nth),
  );
  expect(first(merged)).toEqual(first(whole));
  expect(first(whole).examples[0]).toMatchObject({ rowsBefore: ["OLD"], rowsAfter: ["NEW"], name: "企业0" });
});

test("whom nothing moves is counted, without examples", () => {
  const tally = createTally();
  tally.add(enterprise(1), [stays, stays]);
  const [whole] = movesOf(tally.cells(), questions);
  expect([whole!.direction, whole!.enterprises, whole!.examples]).toEqual(["SAME", 1, []]);
});
