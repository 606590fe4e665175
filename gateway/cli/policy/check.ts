/** `policy check DIR`: everything wrong with packs, by file, table, row and column. */
import { PolicyError, type Column, type Finding } from "../../../subgraphs/joint/policy/contract";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { faultOf, readExamples } from "./examples";
import { findPackFolders, readPackAt } from "./pack-folders";
import { showValue } from "../../../subgraphs/joint/policy/compare/show-value";

/** Exit status 1 when a pack does not load or a table contradicts itself. Gaps and open questions are told, not held against it. */
export async function runCheck([folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error("policy check takes the folder of a pack, or of all packs");
  let wrong = 0;
  for (const place of await findPackFolders(folder)) {
    try {
      const pack = await readPackAt(place);
      wrong += checkPack(pack) + (await checkExamples(pack));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      console.log(error.message);
      wrong += error.faults.length;
    }
  }
  console.log(wrong === 0 ? "nothing is wrong" : `${wrong} faults`);
  return wrong === 0 ? 0 : 1;
}

async function checkExamples(pack: Pack): Promise<number> {
  const faults = (await readExamples(pack)).flatMap((one) => faultOf(one, pack) ?? []);
  for (const fault of faults) console.log(`${pack.scheme.id}/${pack.scheme.version}/examples.json: ${fault}`);
  return faults.length;
}

function checkPack(pack: Pack): number {
  const place = `${pack.scheme.id}/${pack.scheme.version}`;
  let rows = 0;
  let wrong = 0;
  for (const node of pack.program.nodes) {
    if (node.kind !== "table") continue;
    rows += node.table.rows.length;
    for (const finding of node.table.check()) {
      const isWrong = finding.kind === "OVERLAP" || finding.kind === "UNREACHABLE";
      if (isWrong) wrong++;
      console.log(
        `${place}, ${node.table.name}, ${isWrong ? "fault" : "note"}: ${describe(finding, node.table.inputs)}`,
      );
    }
  }
  console.log(
    `${place}: ${pack.tables.size} tables, ${rows} rows, ${wrong === 0 ? "in order" : `${wrong} faults`}`,
  );
  return wrong;
}

function describe({ kind, rows, message, example }: Finding, inputs: readonly Column[]): string {
  const where = rows.length > 0 ? ` ${rows.join(", ")}` : "";
  if (!example) return `${kind}${where}: ${message}`;
  const shown = inputs.map((column) => `${column.name} = ${showValue(example[column.name] ?? null, column)}`);
  return `${kind}${where}: ${message}, e.g. ${shown.join(", ")}`;
}
