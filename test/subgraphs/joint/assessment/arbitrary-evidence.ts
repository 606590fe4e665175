/** Arbitrary facts about one enterprise, of the types and with the words that a pack reads: what the laws are tried on. */
import fc from "fast-check";
import {
  FACT_DEPARTMENTS,
  findFactType,
  type FactDepartment,
  type FactField,
} from "../../../../schema/fact-catalogue";
import type { Evidence, EvidenceFact } from "../../../../subgraphs/joint/evidence/evidence";
import { plusDays } from "../../../../subgraphs/joint/policy/calendar/dates";
import { occurrenceDay } from "../../../../subgraphs/joint/policy/pack/fact-fields";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";

/** A fact before it is numbered. */
export type LooseFact = Omit<EvidenceFact, "id">;

// Around every boundary that the sources know: terms and windows of years and of 365 days, thirty working days, the day itself.
const DAYS_AGO = [1100, 1096, 1095, 730, 400, 366, 365, 364, 200, 90, 42, 30, 8, 2, 1, 0, -1, -40];

/** A pack with an enterprise in a situation on a day. */
export interface Scene {
  readonly pack: Pack;
  readonly asOf: string;
  readonly facts: readonly LooseFact[];
}

/** An enterprise of which nothing is recorded, on a day far enough from the pack's beginning for terms to have run. */
export function emptyScene(pack: Pack): Scene {
  return { pack, asOf: plusDays(pack.scheme.effectiveFrom, 1200), facts: [] };
}

/** The types of facts that a pack reads. */
export function factTypesOf({ program, file }: Pack): readonly string[] {
  const read = program.nodes.flatMap((node) => (node.kind === "indicator" ? [node.indicator.factType] : []));
  const lists = Object.keys(file.lists).length > 0 ? ["ListEntry", "ProcedureStep"] : [];
  return [...new Set([...read, ...lists])];
}

/** One fact of a type, as one of its departments might have recorded it; its days are told from the day asked about (see `withFacts`). */
function arbitraryFact(pack: Pack, typeName: string): fc.Arbitrary<LooseFact> {
  const type = findFactType(typeName)!;
  const day = fc.constantFrom(...DAYS_AGO.map((ago) => `@${ago}`));
  const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const words = wordsOf(pack);
  const fields = type.fields.map(
    (field) => [field.name, arbitraryField(field, words.get(field.name) ?? ["其他"], day)] as const,
  );
  const optional = type.fields.filter(({ required }) => !required).map(({ name }) => name);
  return fc.record({
    department: fc.constantFrom(...type.departments),
    type: fc.constant(typeName),
    documentNumber: fc.constant("文号"),
    occurredOn: day,
    validFrom: sometimes(day),
    validUntil: fc.option(day, { nil: null, freq: 3 }),
    status: fc.constantFrom("ACTIVE", "ACTIVE", "ACTIVE", "DISPUTED", "WITHDRAWN"),
    values: fc
      .record(Object.fromEntries(fields))
      .chain((all) =>
        fc
          .subarray(optional)
          .map((left) => Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name)))),
      ),
  });
}

/** Facts of these types, at most so many; none when the pack reads no such type. */
export function arbitraryFacts(
  pack: Pack,
  types: readonly string[],
  factsMax: number,
): fc.Arbitrary<readonly LooseFact[]> {
  if (types.length === 0) return fc.constant([]);
  return fc.array(fc.oneof(...types.map((type) => arbitraryFact(pack, type))), { maxLength: factsMax });
}

/** A situation with further facts, their days counted from its own; none from after it: departments do not lend those. */
export function withFacts(scene: Scene, facts: readonly LooseFact[]): Scene {
  const dated = JSON.parse(
    JSON.stringify(facts).replaceAll(/"@(-?\d+)"/g, (_all, ago) => `"${plusDays(scene.asOf, -Number(ago))}"`),
  ) as readonly LooseFact[];
  const lent = dated.filter((fact) => (occurrenceDay({ ...fact, id: "" }) ?? "") <= scene.asOf);
  return { ...scene, facts: [...scene.facts, ...lent] };
}

/** One of these situations of one pack with further facts. */
export function arbitraryScene(scenes: readonly Scene[]): fc.Arbitrary<Scene> {
  const { pack } = scenes[0]!;
  return fc
    .tuple(fc.constantFrom(...scenes), arbitraryFacts(pack, factTypesOf(pack), 6))
    .map(([scene, more]) => withFacts(scene, more));
}

/** What departments lend; the silent ones do not answer. */
export function evidenceOf(facts: readonly LooseFact[], silent: readonly FactDepartment[] = []): Evidence {
  const numbered = facts.map((fact, at): EvidenceFact => ({
    ...fact,
    id: `fact-${String(at).padStart(3, "0")}`,
  }));
  return Object.fromEntries(
    FACT_DEPARTMENTS.map((department) => [
      department,
      silent.includes(department)
        ? { status: "UNKNOWN", why: "silent" }
        : { status: "KNOWN", facts: numbered.filter((fact) => fact.department === department) },
    ]),
  ) as Evidence;
}

function arbitraryField(
  { kind, values, min, max, name }: FactField,
  words: readonly string[],
  day: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  switch (kind) {
    case "ENUM":
      return fc.constantFrom(...values!);
    case "BOOLEAN":
      return fc.boolean();
    case "DATE":
      return day;
    case "INTEGER":
      return name === "year"
        ? fc.integer({ min: 2010, max: 2027 })
        : fc.integer({ min: min ?? 0, max: Math.min(max ?? 9, 4) });
    case "TENTHS":
      return fc.integer({ min: Math.max(min ?? 0, -100), max: Math.min(max ?? 100, 100) });
    case "MONEY":
      return fc.constantFrom("0.00", "120000.00", "4000000.00");
    case "RATE":
      return fc.constantFrom("0.2", "1.5");
    case "INTEGERS":
      return fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 2 });
    case "STRING":
      return fc.constantFrom(...words, "其他");
  }
}

// The words that the pack compares a free text with, by the name of the field.
function wordsOf({ file, program, scheme }: Pack): ReadonlyMap<string, readonly string[]> {
  const words = new Map<string, string[]>();
  const add = (field: string, more: readonly string[]) =>
    words.set(field, [...new Set([...(words.get(field) ?? []), ...more])]);
  for (const { where, field, among } of Object.values(file.indicators)) {
    if (field && among) add(field, among);
    for (const [name, cell] of Object.entries(where ?? {}))
      add(
        name,
        [...String(cell).matchAll(/"([^"]*)"/g)].map(([, word]) => word!),
      );
  }
  const tests = file.procedures.flatMap(({ states, steps }) => [
    ...steps.flatMap(({ step, by, after }) => [{ step, by: by ?? [] }, ...after]),
    ...states.flatMap(({ when }) => [...(when.has ?? []), ...(when.hasAny ?? []), ...(when.hasNot ?? [])]),
  ]);
  for (const test of tests) {
    if (typeof test === "string") add("step", [test]);
    else {
      add("step", [test.step]);
      add("by", [test.by ?? []].flat());
      add("outcome", "outcome" in test && test.outcome ? [test.outcome] : []);
    }
  }
  add("list", [...program.lists.keys()]);
  add("scheme", [scheme.id]);
  add("grade", ["A", "B", "C", "D"]);
  return words;
}
