/**
 * The laws that every pack keeps, whatever departments have recorded: a silent department improves nothing, one more violation
 * raises nothing, what has expired changes nothing, and tables mean what their rows say in any order. Tried on the situations
 * of the repository's cases and on an empty record, with arbitrary facts added.
 */
import fc from "fast-check";
import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import { PURPOSES, type Assessment, type Outcome } from "../../../../subgraphs/joint/assessment/assessment";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import { withTables } from "../../../../subgraphs/joint/policy/pack/read-pack";
import {
  arbitraryFacts,
  arbitraryScene,
  emptyScene,
  evidenceOf,
  factTypesOf,
  withFacts,
  type LooseFact,
  type Scene,
} from "./arbitrary-evidence";
import { judgedCases, shippedPacks } from "./judged-cases";

const RUNS = { numRuns: Number(process.env.LAW_RUNS ?? 100) };

let scenes: ReadonlyMap<string, readonly Scene[]>;
beforeAll(async () => {
  const cases = (await judgedCases()).map(({ pack, asOf, evidence }): Scene => {
    const facts = Object.values(evidence).flatMap((one) => (one.status === "KNOWN" ? one.facts : []));
    return { pack, asOf, facts };
  });
  const all = [...(await shippedPacks).packs.map(emptyScene), ...cases];
  scenes = Map.groupBy(all, ({ pack: { scheme } }) => `${scheme.id} ${scheme.version}`);
}, 60_000);

// A law gives what breaks it, in words; the shrunk situation is told with it.
function forEveryPack<T>(
  situation: (own: readonly Scene[]) => fc.Arbitrary<T>,
  law: (one: T) => string[],
): void {
  for (const [pack, own] of scenes) {
    const check = fc.check(
      fc.property(situation(own), (one) => {
        const broken = law(one);
        if (broken.length > 0) throw new Error(broken.join("; "));
      }),
      RUNS,
    );
    if (check.failed)
      throw new Error(`${pack}: ${tell(check.counterexample)}\n${String(check.errorInstance)}`);
  }
}

function tell(example: unknown): string {
  return JSON.stringify(example, (key, value: unknown) => (key === "pack" ? undefined : value));
}

const judge = ({ pack, asOf, facts }: Scene, silent: readonly (typeof FACT_DEPARTMENTS)[number][] = []) =>
  assess(pack, evidenceOf(facts, silent), { asOf, knownAt: null });
const codes = ({ measures }: Assessment) => measures.map(({ code }) => code).sort();
const names = (listings: Assessment["lists"]) => listings.map(({ list }) => list).sort();
const withSilence = (own: readonly Scene[]) =>
  fc.record({ scene: arbitraryScene(own), silent: fc.subarray([...FACT_DEPARTMENTS], { minLength: 1 }) });

test("a silent department takes certainty away and nothing else, for every pack and purpose", () => {
  forEveryPack(withSilence, ({ scene, silent }) => {
    const full = judge(scene);
    const found = judge(scene, silent);
    const more = (what: string, of: (one: Assessment) => readonly string[]) =>
      of(found)
        .filter((one) => !of(full).includes(one))
        .map((one) => `${what} ${one} only under silence`);
    return [
      ...PURPOSES.filter(
        (purpose) => ![full.outcomes[purpose], "UNDETERMINED"].includes(found.outcomes[purpose]),
      ),
      ...(["grade", "score"] as const).filter((key) => found[key] !== null && found[key] !== full[key]),
      ...more("measure", codes),
      ...more("list", (one) => names(one.lists)),
      ...more("proposal", (one) => names(one.proposedLists)),
      ...silent.filter((department) => !found.missing.some((one) => one.department === department)),
    ];
  });
}, 120_000);

test("what still holds while a department is silent is told from a fact, as it is when all answer", () => {
  const told = ({ reasons }: Assessment, code: string) =>
    reasons.some(({ measure, fact, counted }) => counted && measure?.code === code && fact !== null);
  forEveryPack(withSilence, ({ scene, silent }) => {
    const full = judge(scene);
    const found = judge(scene, silent);
    return codes(found).filter((code) => told(full, code) && !told(found, code));
  });
}, 120_000);

const VIOLATIONS = new Set([
  "Accident",
  "SeriousViolation",
  "AdministrativePenalty",
  "DynamicPoints",
  "ProduceViolation",
  "OccupationalDiseaseCase",
]);
const RANK: Readonly<Record<Outcome, number>> = {
  BARRED: 0,
  RESTRICTED: 1,
  UNDETERMINED: 2,
  NORMAL: 2,
  FAVOURED: 3,
};

test("one more violation improves no outcome and raises no score", () => {
  const withViolation = (own: readonly Scene[]) => oneMore(own, (type) => VIOLATIONS.has(type));
  forEveryPack(withViolation, ({ scene, more }) => {
    const before = judge(scene);
    const after = judge(withFacts(scene, more));
    return [
      ...(before.score !== null && after.score! > before.score ? [`score ${after.score}`] : []),
      ...PURPOSES.filter((purpose) => RANK[after.outcomes[purpose]] > RANK[before.outcomes[purpose]]),
    ];
  });
}, 120_000);

test("a fact that has expired changes nothing", () => {
  // A penalty stays imposed, an entry published, a step taken: what a pack counts for ever has no end that could come.
  const ends = ({ file }: Pack, type: string) =>
    !["ListEntry", "ProcedureStep"].includes(type) &&
    !Object.values(file.indicators).some(({ facts, validity }) => facts === type && validity === "EVER");
  const withExpired = (own: readonly Scene[]) => oneMore(own, (type) => ends(own[0]!.pack, type));
  forEveryPack(withExpired, ({ scene, more }) => {
    const expired = more.map((fact): LooseFact => ({ ...fact, validFrom: null, validUntil: scene.asOf }));
    const after = judge(withFacts(scene, expired));
    return whatFollows(after) === whatFollows(judge(scene)) ? [] : [whatFollows(after)];
  });
}, 120_000);

test("the order of the rows of a table that is not read from the top is irrelevant", () => {
  forEveryPack(withSilence, ({ scene, silent }) =>
    [[], silent].flatMap((without) => {
      const turned = whatFollows(judge({ ...scene, pack: reversed(scene.pack) }, without));
      return turned === whatFollows(judge(scene, without)) ? [] : [turned];
    }),
  );
}, 120_000);

// A situation with at most one more fact of these types; none where the pack reads no such type.
function oneMore(own: readonly Scene[], fits: (type: string) => boolean) {
  const { pack } = own[0]!;
  return fc.record({
    scene: arbitraryScene(own),
    more: arbitraryFacts(pack, factTypesOf(pack).filter(fits), 1),
  });
}

const turned = new Map<Pack, Pack>();
function reversed(pack: Pack): Pack {
  const known = turned.get(pack);
  if (known) return known;
  const tables = [...pack.tables].map(([file, sources]) => {
    const inTurn = sources.map((source) =>
      source.hitPolicy === "FIRST" ? source : { ...source, rows: source.rows.toReversed() },
    );
    return [file, inTurn] as const;
  });
  const other = withTables(pack, new Map(tables));
  turned.set(pack, other);
  return other;
}

// All that an official acts on; reasons and the order in which things are shown left out.
function whatFollows(one: Assessment): string {
  const { score, grade, title, outcomes, undetermined } = one;
  const text = (parts: readonly unknown[]) => parts.map((part) => JSON.stringify(part)).sort();
  const states = one.procedures.map(({ procedure, list, state }) => ({ procedure, list, state }));
  return JSON.stringify({
    ...{ score, grade, title, outcomes, undetermined },
    measures: codes(one),
    lists: text(one.lists),
    proposed: names(one.proposedLists),
    states: text(states),
  });
}
