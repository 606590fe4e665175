/** `policy check DIR`: everything wrong with packs, by file, table, row and column. */
import { basename, dirname } from "node:path";
import { loadCalendar } from "../../../subgraphs/joint/policy/calendar/load-calendar";
import { showValue } from "../../../subgraphs/joint/policy/compare/show-value";
import {
  type Column,
  type CompiledTable,
  type Finding,
  PolicyError,
} from "../../../subgraphs/joint/policy/contract";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { inspectPack } from "../../../subgraphs/joint/policy/pack/read-pack";
import { faultOf, readExamples } from "./examples";
import { findPackFolders } from "./pack-folders";

/** Exit status 1 when a pack does not load or a table contradicts itself. Gaps and open questions are told, not held against it. */
export async function runCheck([folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error("policy check takes the folder of a pack, or of all packs");
  let wrong = 0;
  for (const place of await findPackFolders(folder)) wrong += await checkFolder(place);
  console.log(wrong === 0 ? "nothing is wrong" : `${wrong} ${wrong === 1 ? "fault" : "faults"}`);
  return wrong === 0 ? 0 : 1;
}

// A pack that does not load is checked as far as it goes: an overlap is told beside a cell that cannot be read.
async function checkFolder(folder: string): Promise<number> {
  const place = `${basename(dirname(folder))}/${basename(folder)}`;
  const { pack, tables, faults } = await inspectPack(folder, loadCalendar());
  if (faults.length > 0) console.log(new PolicyError(faults).message);
  const contradictions = tables.reduce((sum, table) => sum + checkTable(place, table), 0);
  const examples = pack ? await checkExamples(pack) : 0;
  const wrong = faults.length + contradictions + examples;
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (wrong === 0) console.log(`${place}: ${tables.length} tables, ${rows} rows, in order`);
  return wrong;
}

async function checkExamples(pack: Pack): Promise<number> {
  const { id, version } = pack.scheme;
  let faults: readonly string[];
  try {
    faults = (await readExamples(pack)).flatMap((one) => faultOf(one, pack) ?? []);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    console.log(error.message);
    return error.faults.length;
  }
  for (const fault of faults) console.log(`${id}/${version}/examples.json: ${fault}`);
  return faults.length;
}

function checkTable(place: string, table: CompiledTable): number {
  let wrong = 0;
  for (const finding of table.check()) {
    const isWrong = finding.kind === "OVERLAP" || finding.kind === "UNREACHABLE";
    if (isWrong) wrong++;
    console.log(`${place}, ${table.name}, ${isWrong ? "fault" : "note"}: ${describe(finding, table.inputs)}`);
  }
  return wrong;
}

function describe({ kind, rows, message, example }: Finding, inputs: readonly Column[]): string {
  const where = rows.length > 0 ? ` ${rows.join(", ")}` : "";
  if (!example) return `${kind}${where}: ${message}`;
  const shown = inputs.map((column) => `${column.name} = ${showValue(example[column.name] ?? null, column)}`);
  return `${kind}${where}: ${message}, e.g. ${shown.join(", ")}`;
}
