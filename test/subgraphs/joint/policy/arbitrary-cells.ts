/** Arbitrary cells of the profile, for property tests. Literals lie in small domains, so that everything can be tried. */
import fc from "fast-check";
import type { ColumnType, Value } from "../../../../subgraphs/joint/policy/contract";
import { count, day, oneOf, text, yesNo } from "./small-table";

export interface Domain {
  readonly type: ColumnType;
  /** Every value that cells tell apart, null included. */
  readonly values: readonly Value[];
  readonly cell: fc.Arbitrary<string>;
}

const ordered = (literal: fc.Arbitrary<string>, literals: readonly string[]): fc.Arbitrary<string> => {
  const compare = fc
    .tuple(fc.constantFrom("", "< ", "<= ", "> ", ">= ", "= ", "!= "), literal)
    .map((parts) => parts.join(""));
  const ends = fc.tuple(
    fc.nat(literals.length - 3),
    fc.integer({ min: 2, max: literals.length }),
    fc.constantFrom("[", "(", "]"),
    fc.constantFrom("]", ")", "["),
  );
  const range = ends.map(
    ([low, span, open, close]) =>
      `${open}${literals[low]}..${literals[Math.min(low + span, literals.length - 1)]}${close}`,
  );
  return fc.oneof(
    { weight: 3, arbitrary: compare },
    { weight: 2, arbitrary: range },
    { weight: 1, arbitrary: fc.constant("null") },
  );
};

const listed = (test: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  const list = fc.array(test, { minLength: 1, maxLength: 3 }).map((tests) => tests.join(", "));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant("-") },
    { weight: 3, arbitrary: list },
    { weight: 1, arbitrary: list.map((tests) => `not(${tests})`) },
  );
};

const numbers = ["-1", "0", "1", "2", "3", "4", "5"];
const days = ["2018-12-31", "2019-01-01", "2019-01-02", "2020-02-29", "2020-03-01"].map(
  (one) => `date("${one}")`,
);
const words = ['"A"', '"B"', '"C"'];

export const numberDomain: Domain = {
  type: count,
  values: [null, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7],
  cell: listed(ordered(fc.constantFrom(...numbers), numbers)),
};
export const dayDomain: Domain = {
  type: day,
  values: [
    null,
    "2018-12-30",
    "2018-12-31",
    "2019-01-01",
    "2019-01-02",
    "2019-01-03",
    "2020-02-28",
    "2020-02-29",
    "2020-03-01",
    "2020-03-02",
  ],
  cell: listed(ordered(fc.constantFrom(...days), days)),
};
export const wordDomain: Domain = {
  type: text,
  values: [null, "A", "B", "C", "something else"],
  cell: listed(fc.oneof(fc.constantFrom(...words), fc.constantFrom("null", '!= "A"'))),
};
export const enumDomain: Domain = {
  ...wordDomain,
  type: oneOf("A", "B", "C"),
  values: [null, "A", "B", "C"],
};
export const yesNoDomain: Domain = {
  type: yesNo,
  values: [null, true, false],
  cell: listed(fc.constantFrom("true", "false", "null")),
};
export const allDomains: readonly Domain[] = [numberDomain, dayDomain, wordDomain, enumDomain, yesNoDomain];
