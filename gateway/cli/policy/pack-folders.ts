/** Finds the packs below a folder: the folder itself, its versions, or its schemes' versions. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadCalendar } from "../../../subgraphs/joint/policy/calendar/load-calendar";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { readPack } from "../../../subgraphs/joint/policy/pack/read-pack";

/** Absolute paths of the pack folders at or below `folder`, sorted. Throws when there is none. */
export async function findPackFolders(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const found = await search(resolve(folder), 2);
  if (found.length === 0) throw new Error(`there is no pack (scheme.yaml) in or below ${folder}`);
  return found.sort();
}

/** Reads the one pack in a folder. Throws PolicyError when something is wrong with it, and one sentence when none is there. */
export async function readPackAt(folder: string): Promise<Pack> {
  if (!existsSync(join(folder, "scheme.yaml")))
    throw new Error(`there is no pack in ${folder}: it holds no scheme.yaml`);
  return readPack(resolve(folder), loadCalendar());
}

async function search(folder: string, levels: number): Promise<string[]> {
  if (existsSync(join(folder, "scheme.yaml"))) return [folder];
  if (levels === 0) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((one) => one.isDirectory()).map((one) => join(folder, one.name));
  return (await Promise.all(folders.map((one) => search(one, levels - 1)))).flat();
}
