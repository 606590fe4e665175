/** `policy diff A B`: what leads from one pack to the other. */
import { localDateAt } from "../../../schema/values";
import { comparePacks, type Change } from "../../../subgraphs/joint/policy/compare/compare-packs";
import { findPack } from "./find-pack";

/** Prints the changes, what is added with +, removed with -, changed with ~. Exit status 0. */
export async function runDiff([before, after]: readonly string[]): Promise<number> {
  if (before === undefined || after === undefined)
    throw new Error("policy diff takes two packs: folders, <scheme>/<version>, or <scheme>");
  const today = localDateAt(new Date());
  const changes = comparePacks(await findPack(before, today), await findPack(after, today));
  for (const change of changes) console.log(describeChange(change));
  const rows = changes.filter(({ row, column }) => row !== undefined && column === undefined);
  const touched = new Set(
    changes.filter((one) => one.row && one.column).map(({ table, row }) => `${table}/${row}`),
  );
  const added = rows.filter((one) => one.before === undefined).length;
  for (const line of describeParts(changes)) console.log(line);
  console.log(`${added} rows added, ${rows.length - added} removed, ${touched.size} changed`);
  return 0;
}

// `measures: TAX_REBATE_CANCEL, LOAN_RESTRICT`: which entries of which part of the scheme file.
function describeParts(changes: readonly Change[]): readonly string[] {
  const keys = changes.flatMap(({ key }) => key ?? []);
  const parts = Map.groupBy(keys, (key) => key.split(".")[0]!);
  return [...parts].map(([part, inside]) => {
    const entries = new Set(inside.flatMap((key) => key.split(".")[1] ?? []));
    return entries.size === 0 ? `${part} changed` : `${part} changed: ${[...entries].join(", ")}`;
  });
}

function describeChange({ table, row, column, key, before, after }: Change): string {
  const place = [table, row, column, key && `scheme.yaml ${key}`].filter(Boolean).join(", ");
  if (before === undefined) return `+ ${place}: ${after}`;
  return after === undefined ? `- ${place}: ${before}` : `~ ${place}: ${before} -> ${after}`;
}
