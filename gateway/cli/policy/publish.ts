/** `policy publish DIR`: from now on the hub starts only while the pack is what it is today. */
import { dirname } from "node:path";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { publish } from "../../../subgraphs/joint/policy/pack/published";
import { findPackFolders, readPackAt } from "./pack-folders";

/** Publishes a pack, or all packs of a folder. Exit status 0. */
export async function runPublish([folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error("policy publish takes the folder of a pack, or of all packs");
  const packs: Pack[] = [];
  for (const place of await findPackFolders(folder)) packs.push(await readPackAt(place));
  publish(dirname(dirname(packs[0]!.folder)), packs);
  for (const { scheme } of packs) console.log(`published ${scheme.id} ${scheme.version} ${scheme.sha256}`);
  return 0;
}
