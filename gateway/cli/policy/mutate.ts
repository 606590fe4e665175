/** `policy mutate DIR CASES.json...`: whether the cases of a pack notice a change of any of its cells. */
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { mutateTable, type Mutation } from "../../../subgraphs/joint/policy/compare/mutations";
import type { TableExample } from "../../../subgraphs/joint/policy/compare/examples";
import { PolicyError } from "../../../subgraphs/joint/policy/contract";
import { loadPacks, registerPacks } from "../../../subgraphs/joint/policy/pack/load-packs";
import type { Pack, PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { withTables } from "../../../subgraphs/joint/policy/pack/read-pack";
import { readCases, type AcceptanceCase } from "../cases/case";
import { checkCase } from "../cases/check-case";
import { isNoticed, isWithoutEffect, readExamples } from "./examples";
import { findPackFolders } from "./pack-folders";

// A pack's own examples are asked first, as they are quick; then the cases, through the whole judgement. A change that nothing
// notices may be none: a table of the first hit asks in no later row what an earlier one has settled.
export type Fate = "NOTICED" | "REFUSED" | "WITHOUT_EFFECT" | "UNNOTICED";

interface Trial {
  readonly pack: Pack;
  readonly registry: PackRegistry;
  readonly cases: readonly AcceptanceCase[];
  readonly examples: readonly TableExample[];
}

/** Exit status 1 when a cell can be changed in every tried way without any case or the loader noticing. */
export async function runMutate([folder, ...files]: readonly string[]): Promise<number> {
  if (folder === undefined) {
    throw new Error("policy mutate takes the folder of a pack, or of all packs, and case files");
  }
  let uncovered = 0;
  for await (const tried of tryPacks(folder, files)) {
    describe(tried);
    uncovered += tried.uncovered.length;
  }
  return uncovered === 0 ? 0 : 1;
}

/** What became of the changes of a pack's cells. */
export interface TriedPack {
  readonly pack: Pack;
  readonly cases: readonly AcceptanceCase[];
  readonly examples: number;
  readonly rows: number;
  readonly cells: number;
  /** Cells that can be changed in every tried way without anything noticing. */
  readonly uncovered: readonly string[];
  readonly fates: ReadonlyMap<Mutation, Fate>;
}

/** Changes every cell of the packs of a folder. Throws when a case fails before anything is changed. */
export async function* tryPacks(folder: string, files: readonly string[]): AsyncGenerator<TriedPack> {
  const folders = await findPackFolders(folder);
  const registry = await loadPacks(dirname(dirname(folders[0]!)));
  const texts = await Promise.all(files.map(async (file) => readCases(await readFile(file, "utf8"), file)));
  for (const pack of registry.packs.filter((one) => folders.includes(one.folder))) {
    const cases = casesOf(pack, texts.flat());
    const failing = cases.filter((one) => checkCase(one, registry).length > 0).map(({ id }) => id);
    if (failing.length > 0) throw new Error(`cases fail before anything is changed: ${failing.join(", ")}`);
    const trial = { pack, registry, cases, examples: await readExamples(pack) };
    yield summarize(trial, tryAll(trial));
  }
}

function casesOf({ scheme: { id } }: Pack, cases: readonly AcceptanceCase[]): AcceptanceCase[] {
  return cases.filter((one) => one.scheme === id || one.expect.some(({ scheme }) => scheme === id));
}

function tryAll(trial: Trial): ReadonlyMap<Mutation, Fate> {
  const compiled = trial.pack.program.nodes.flatMap((node) => (node.kind === "table" ? [node.table] : []));
  const sources = [...trial.pack.tables.values()].flat();
  const mutations = sources.flatMap((source) =>
    mutateTable(
      source,
      compiled.find((table) => table.name === source.name)!,
    ),
  );
  return new Map(mutations.map((mutation) => [mutation, tryOne(mutation, trial)]));
}

function tryOne(mutation: Mutation, { pack, registry, cases, examples }: Trial): Fate {
  const { source } = mutation;
  const known = isNoticed(mutation, examples, pack);
  if (known) return known;
  try {
    const replace = (tables: Pack["tables"]) =>
      new Map(
        [...tables].map(([file, some]) => [
          file,
          some.map((one) => (one.name === source.name ? source : one)),
        ]),
      );
    const changed = withTables(pack, replace(pack.tables));
    const changedRegistry = registerPacks(registry.packs.map((one) => (one === pack ? changed : one)));
    if (cases.some((one) => checkCase(one, changedRegistry).length > 0)) return "NOTICED";
    const original = [...pack.tables.values()].flat().find(({ name }) => name === source.name)!;
    return isWithoutEffect(original, mutation, pack) ? "WITHOUT_EFFECT" : "UNNOTICED";
  } catch (error) {
    if (error instanceof PolicyError) return "REFUSED";
    throw error;
  }
}

function summarize({ pack, cases, examples }: Trial, fates: ReadonlyMap<Mutation, Fate>): TriedPack {
  const cells = Map.groupBy(fates, ([{ table, row, column }]) => `${table}, row ${row}, column ${column}`);
  const isCovered = (tried: readonly (readonly [Mutation, Fate])[]) =>
    tried.some(([, fate]) => fate !== "UNNOTICED");
  return {
    pack,
    cases,
    examples: examples.length,
    rows: [...pack.tables.values()].flat().reduce((sum, table) => sum + table.rows.length, 0),
    cells: cells.size,
    uncovered: [...cells].filter(([, tried]) => !isCovered(tried)).map(([place]) => place),
    fates,
  };
}

function describe({ pack, cases, examples, rows, cells, uncovered, fates }: TriedPack): void {
  for (const [{ table, row, column, before, after }, fate] of fates) {
    const words = { UNNOTICED: "unnoticed", WITHOUT_EFFECT: "proven to change nothing" };
    if (fate === "UNNOTICED" || fate === "WITHOUT_EFFECT")
      console.log(`${words[fate]}: ${table}, row ${row}, column ${column}: ${before} -> ${after}`);
  }
  for (const place of uncovered) console.log(`no case covers ${place}`);
  console.log(
    `${pack.scheme.id}/${pack.scheme.version}: ${rows} rows, ${cases.length} cases, ${examples} examples, ${cells} cells, ${uncovered.length} not covered; ` +
      `${fates.size} changes: ${countFates(fates, "NOTICED")} noticed, ${countFates(fates, "REFUSED")} refused by the loader, ` +
      `${countFates(fates, "WITHOUT_EFFECT")} proven to change nothing, ${countFates(fates, "UNNOTICED")} unnoticed`,
  );
}

/** How many changes ended so. */
export function countFates(fates: ReadonlyMap<Mutation, Fate>, wanted: Fate): number {
  return [...fates.values()].filter((fate) => fate === wanted).length;
}
