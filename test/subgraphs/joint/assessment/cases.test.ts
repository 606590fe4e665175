/** The acceptance cases of this repository, run against the packs that ship. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCases } from "../../../../gateway/cli/cases/case";
import { checkCase } from "../../../../gateway/cli/cases/check-case";
import { repositoryRoot } from "../../../../schema/root";
import { loadPacks } from "../../../../subgraphs/joint/policy/pack/load-packs";

const folder = join(__dirname, "cases");
const registry = loadPacks(join(repositoryRoot, "subgraphs/joint/policies"));

describe.each(readdirSync(folder))("%s", (file) => {
  test.each(readCases(readFileSync(join(folder, file), "utf8"), file).map((one) => [one.id, one] as const))(
    "case %s comes out as expected",
    async (_id, one) => {
      expect(checkCase(one, await registry)).toEqual([]);
    },
  );
});
