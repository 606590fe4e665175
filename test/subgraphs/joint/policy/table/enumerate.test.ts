import fc from "fast-check";
import {
  PolicyError,
  type HitPolicy,
  type Input,
  type Row,
  type Value,
} from "../../../../../subgraphs/joint/policy/contract";
import { compileTest } from "../../../../../subgraphs/joint/policy/feel/compile-test";
import { enumDomain, numberDomain, yesNoDomain } from "../arbitrary-cells";
import { compileSmall, oneOf } from "../small-table";

const POLICIES: readonly HitPolicy[] = ["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "OUTPUT_ORDER"];
const domains = { n: numberDomain, e: enumDomain, b: yesNoDomain };
const inputs = { n: numberDomain.type, e: enumDomain.type, b: yesNoDomain.type };
const preference = ["X", "Y", "Z"];

const rows = fc.array(
  fc.tuple(numberDomain.cell, enumDomain.cell, yesNoDomain.cell, fc.constantFrom('"X"', '"Y"', '"Z"')),
  { minLength: 1, maxLength: 5 },
);
const inputOf = (values: readonly Value[]): fc.Arbitrary<Input> =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.constant({ unknown: true } as const),
    fc.subarray([...values], { minLength: 1 }).map((among) => ({ unknown: true, among }) as const),
  );
const given = fc.tuple(...Object.values(domains).map((domain) => inputOf(domain.values)));

/** The rows that decide, told without any index: undefined when the hit policy is broken. */
function decideNaively(policy: HitPolicy, matching: readonly Row[]): readonly Row[] | undefined {
  const byPreference = [...matching].sort(
    (a, b) =>
      preference.indexOf(String(a.outputs[0])) - preference.indexOf(String(b.outputs[0])) ||
      a.index - b.index,
  );
  if (policy === "UNIQUE") return matching.length > 1 ? undefined : matching;
  if (policy === "ANY")
    return new Set(matching.map((row) => row.outputs[0])).size > 1 ? undefined : matching.slice(0, 1);
  if (policy === "FIRST") return matching.slice(0, 1);
  if (policy === "PRIORITY") return byPreference.slice(0, 1);
  return policy === "OUTPUT_ORDER" ? byPreference : matching;
}

const worldsOf = (given: readonly Input[]): Value[][] =>
  given.reduce<Value[][]>(
    (worlds, input, at) => {
      const domain = Object.values(domains)[at]!;
      const values = typeof input === "object" && input !== null ? (input.among ?? domain.values) : [input];
      return worlds.flatMap((world) => values.map((value) => [...world, value]));
    },
    [[]],
  );

test.each(POLICIES)(
  "%s over known and unknown inputs is what trying every possible world finds",
  (hitPolicy) => {
    fc.assert(
      fc.property(rows, given, (cells, given) => {
        let table;
        try {
          table = compileSmall({ hitPolicy, inputs, outputs: { o: oneOf(...preference) }, rows: cells });
        } catch (error) {
          if (error instanceof PolicyError && /no value can meet|range is empty/.test(error.message)) return;
          throw error;
        }
        const tests = cells.map((row) =>
          Object.values(domains).map((domain, at) => compileTest(row[at]!, domain.type, new Map())),
        );
        const outcomes = worldsOf(given).map((world) => {
          const matching = table.rows.filter((row) =>
            world.every((value, at) => tests[row.index]![at]!.matches(value)),
          );
          return { matching, decided: decideNaively(hitPolicy, matching) };
        });
        if (outcomes.every(({ decided }) => decided === undefined)) {
          expect(() => table.evaluate(given)).toThrow(PolicyError);
          return;
        }
        const single = ["UNIQUE", "ANY", "FIRST", "PRIORITY"].includes(hitPolicy);
        const result = table.evaluate(given);
        const ever = new Set(
          outcomes.flatMap(({ decided, matching }) => (decided ?? matching).map((row) => row.id)),
        );
        const always = [...ever].filter((id) =>
          outcomes.every(({ decided }) => decided !== undefined && decided.some((row) => row.id === id)),
        );
        const certain = single && ever.size > 1 ? [] : always;
        expect(new Set(result.rows.map((row) => row.id))).toEqual(new Set(certain));
        expect(new Set(result.possible.map((row) => row.id))).toEqual(
          new Set([...ever].filter((id) => !certain.includes(id))),
        );
        expect(result.mayBeNone).toBe(outcomes.some(({ decided }) => decided?.length === 0));
        if (outcomes.length === 1) expect(result.rows).toEqual(outcomes[0]!.decided);
      }),
      { numRuns: 150 },
    );
  },
);
