/** `policy mutate DIR CASES.json...`: whether the cases of a pack notice a change of any of its cells. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { mutateTable, type Mutation } from "../../../subgraphs/joint/policy/compare/mutations";
import { PolicyError } from "../../../subgraphs/joint/policy/contract";
import { loadPacks, registerPacks } from "../../../subgraphs/joint/policy/pack/load-packs";
import type { Pack, PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { withTables } from "../../../subgraphs/joint/policy/pack/read-pack";
import { readCases, type AcceptanceCase } from "../cases/case";
import { checkCase } from "../cases/check-case";

type Fate = "NOTICED" | "REFUSED" | "UNNOTICED";

interface Trial {
  readonly pack: Pack;
  readonly registry: PackRegistry;
  readonly cases: readonly AcceptanceCase[];
}

/** Exit status 1 when a cell can be changed in every tried way without any case or the loader noticing. */
export async function runMutate([folder, ...files]: readonly string[]): Promise<number> {
  if (folder === undefined || files.length === 0)
    throw new Error("policy mutate takes the folder of a pack and its case files");
  const registry = await loadPacks(dirname(dirname(resolve(folder))));
  const pack = registry.packs.find((one) => one.folder === resolve(folder));
  if (!pack) throw new Error(`there is no pack in ${folder}`);
  const texts = await Promise.all(files.map(async (file) => readCases(await readFile(file, "utf8"), file)));
  const cases = texts
    .flat()
    .filter(
      (one) => one.scheme === pack.scheme.id || one.expect.some(({ scheme }) => scheme === pack.scheme.id),
    );
  const failing = cases.filter((one) => checkCase(one, registry).length > 0);
  if (failing.length > 0)
    throw new Error(`cases fail before anything is changed: ${failing.map(({ id }) => id).join(", ")}`);
  return report(pack, tryAll({ pack, registry, cases }), cases.length);
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

function tryOne({ source }: Mutation, { pack, registry, cases }: Trial): Fate {
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
    return cases.some((one) => checkCase(one, changedRegistry).length > 0) ? "NOTICED" : "UNNOTICED";
  } catch (error) {
    if (error instanceof PolicyError) return "REFUSED";
    throw error;
  }
}

function report(pack: Pack, fates: ReadonlyMap<Mutation, Fate>, cases: number): number {
  const cells = Map.groupBy(fates, ([{ table, row, column }]) => `${table}, row ${row}, column ${column}`);
  const noticed = (tried: readonly (readonly [Mutation, Fate])[]) =>
    tried.some(([, fate]) => fate !== "UNNOTICED");
  const uncovered = [...cells].filter(([, tried]) => !noticed(tried));
  for (const [{ table, row, column, before, after }, fate] of fates) {
    if (fate === "UNNOTICED")
      console.log(`unnoticed: ${table}, row ${row}, column ${column}: ${before} -> ${after}`);
  }
  for (const [place] of uncovered) console.log(`no case covers ${place}`);
  const count = (wanted: Fate) => [...fates.values()].filter((fate) => fate === wanted).length;
  console.log(
    `${pack.scheme.id}/${pack.scheme.version}: ${cases} cases, ${cells.size} cells, ${uncovered.length} not covered; ` +
      `${fates.size} changes: ${count("NOTICED")} noticed, ${count("REFUSED")} refused by the loader, ${count("UNNOTICED")} unnoticed`,
  );
  return uncovered.length === 0 ? 0 : 1;
}
