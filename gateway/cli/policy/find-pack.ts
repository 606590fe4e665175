/** A pack as an official names it: its folder, published or not, `scheme/version`, or a scheme, in the version of the day. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../schema/root";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { loadPacks } from "../../../subgraphs/joint/policy/pack/load-packs";
import { readPackAt } from "./pack-folders";

/** Finds a pack. Throws PolicyError for a folder with a faulty pack, and one sentence for a name that nothing has. */
export async function findPack(named: string, asOf: string): Promise<Pack> {
  if (existsSync(join(named, "scheme.yaml"))) return readPackAt(named);
  const registry = await loadPacks(join(repositoryRoot, "subgraphs/joint/policies"));
  const exact = registry.packs.find(({ scheme }) => `${scheme.id}/${scheme.version}` === named);
  const found = exact ?? registry.find(named, asOf);
  if (found) return found;
  const known = registry.packs.map(({ scheme }) => `${scheme.id}/${scheme.version}`);
  throw new Error(
    `there is no pack '${named}': give a folder that holds a scheme.yaml, or one of ${known.join(", ")}`,
  );
}
