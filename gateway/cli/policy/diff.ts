/** `policy diff A B`: what leads from one pack to the other. */
import { comparePacks, type Change } from "../../../subgraphs/joint/policy/compare/compare-packs";
import { readPackAt } from "./pack-folders";

/** Prints the changes, added rows with +, removed ones with -, changed cells with ~. Exit status 0. */
export async function runDiff([before, after]: readonly string[]): Promise<number> {
  if (before === undefined || after === undefined)
    throw new Error("policy diff takes the folders of two packs");
  const changes = comparePacks(await readPackAt(before), await readPackAt(after));
  for (const change of changes) console.log(describeChange(change));
  const rows = changes.filter(({ row, column }) => row !== undefined && column === undefined);
  const touched = new Set(
    changes.filter((one) => one.row && one.column).map(({ table, row }) => `${table}/${row}`),
  );
  const added = rows.filter((one) => one.before === undefined).length;
  console.log(`${added} rows added, ${rows.length - added} removed, ${touched.size} changed`);
  return 0;
}

function describeChange({ table, row, column, key, before, after }: Change): string {
  const place = [table, row, column, key && `scheme.yaml ${key}`].filter(Boolean).join(", ");
  if (before === undefined) return `+ ${place}: ${after}`;
  return after === undefined ? `- ${place}: ${before}` : `~ ${place}: ${before} -> ${after}`;
}
