/** `npm run cases -- FILE...`: runs acceptance cases against the policy packs, one line a case. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryRoot } from "../../schema/root";
import { loadPacks } from "../../subgraphs/joint/policy/pack/load-packs";
import { isUnreadable, readEachCase } from "./cases/case";
import { checkCase } from "./cases/check-case";

const USAGE = "usage: npm run cases -- FILE...";

/** Exit status 0 when all cases passed, 1 when one failed, 2 without a file. */
export async function run(files: readonly string[]): Promise<number> {
  if (files.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const registry = await loadPacks(join(repositoryRoot, "subgraphs/joint/policies"));
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    for (const one of readEachCase(await readFile(file, "utf8"), file)) {
      const faults = isUnreadable(one) ? [one.fault] : checkCase(one, registry);
      if (faults.length === 0) passed++;
      else failed++;
      const scheme = isUnreadable(one) ? "" : ` (${one.scheme})`;
      console.log(faults.length === 0 ? `ok   ${one.id}` : `FAIL ${one.id}${scheme}: ${faults.join("; ")}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
