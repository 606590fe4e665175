/**
 * `policy examples DIR`: completes a pack's `examples.json` until every cell that makes a difference is pinned by an example of its
 * table. What is written is what the tables say now: to be read and signed with them, not believed.
 */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  checkExample,
  makeExample,
  type TableExample,
} from "../../../subgraphs/joint/policy/compare/examples";
import { findDifference } from "../../../subgraphs/joint/policy/compare/find-difference";
import { mutateTable, type Mutation } from "../../../subgraphs/joint/policy/compare/mutations";
import { proveSame } from "../../../subgraphs/joint/policy/compare/prove-same";
import { PolicyError, type Value } from "../../../subgraphs/joint/policy/contract";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { compileModel } from "../../../subgraphs/joint/policy/table/compile-table";
import { modelTable, type TableModel } from "../../../subgraphs/joint/policy/table/table-model";
import type { TableSource } from "../../../subgraphs/joint/policy/table/table-source";
import { findPackFolders, readPackAt } from "./pack-folders";

const EXAMPLES_FILE = "examples.json";
const cells = z.record(z.string(), z.string());
const shape = z.array(
  z.strictObject({
    table: z.string(),
    inputs: cells,
    rows: z.union([z.string(), z.array(z.strictObject({ row: z.string(), outputs: cells }))]),
  }),
);

/** Examples that no longer hold are replaced, missing ones added. Exit status 0. */
export async function runExamples([folder]: readonly string[]): Promise<number> {
  if (folder === undefined) throw new Error("policy examples takes the folder of a pack, or of all packs");
  for (const place of await findPackFolders(folder)) {
    const pack = await readPackAt(place);
    const kept = (await readExamples(pack)).filter((one) => faultOf(one, pack) === undefined);
    const examples = tablesOf(pack).flatMap((source) =>
      completeExamples(
        source,
        kept.filter(({ table }) => table === source.name),
        pack,
      ),
    );
    if (examples.length === 0) continue;
    await writeFile(join(place, EXAMPLES_FILE), layOut(examples));
    console.log(
      `${pack.scheme.id}/${pack.scheme.version}: ${examples.length} examples, ${examples.length - kept.length} new`,
    );
  }
  return 0;
}

/** The examples of a pack; none when it has no such file. Throws PolicyError when the file is not what it should be. */
export async function readExamples({ folder, scheme }: Pack): Promise<readonly TableExample[]> {
  const file = join(folder, EXAMPLES_FILE);
  if (!existsSync(file)) return [];
  const checked = shape.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (checked.success) return checked.data;
  const place = `${scheme.id}/${scheme.version}/${EXAMPLES_FILE}`;
  throw new PolicyError(
    checked.error.issues.map(({ path, message }) => ({
      file: place,
      message: `${path.join(".")}: ${message}`,
    })),
  );
}

/** What is wrong with an example, in words; undefined when it holds. */
export function faultOf(example: TableExample, pack: Pack): string | undefined {
  const node = pack.program.nodes.find((one) => one.kind === "table" && one.table.name === example.table);
  if (node?.kind !== "table") return `there is no table '${example.table}'`;
  const fault = checkExample(node.table, example);
  return fault && `${example.table} ${JSON.stringify(example.inputs)}: ${fault}`;
}

/** Whether one of the examples fails, or the table is refused, when this cell is changed. */
export function isNoticed(
  { source }: Mutation,
  examples: readonly TableExample[],
  pack: Pack,
): "NOTICED" | "REFUSED" | undefined {
  const changed = compileChanged(source, pack);
  if (!changed) return "REFUSED";
  const table = compileModel(changed);
  const own = examples.filter((one) => one.table === source.name);
  return own.some((one) => checkExample(table, one) !== undefined) ? "NOTICED" : undefined;
}

/** Whether a change of a cell has been proven to change nothing that the table says. */
export function isWithoutEffect(original: TableSource, { source }: Mutation, pack: Pack): boolean {
  const changed = compileChanged(source, pack);
  return (
    changed !== undefined &&
    proveSame(modelTable(original, { names: pack.program.names }), changed) === "SAME"
  );
}

function tablesOf(pack: Pack): TableSource[] {
  return [...pack.tables.values()].flat();
}

function completeExamples(source: TableSource, kept: readonly TableExample[], pack: Pack): TableExample[] {
  const model = modelTable(source, { names: pack.program.names });
  const table = compileModel(model);
  const examples = [...kept];
  for (const mutation of mutateTable(source, table)) {
    if (isNoticed(mutation, examples, pack)) continue;
    const column = source.inputs.findIndex(({ name }) => name === mutation.column);
    const cell = { row: mutation.row, column: column < 0 ? undefined : column };
    const changed = compileChanged(mutation.source, pack)!;
    const inputs = findDifference(model, changed, cell) ?? searchEverywhere(model, changed);
    if (inputs) examples.push(makeExample(table, inputs));
  }
  return examples;
}

// Where cells compare inputs with one another, a difference can lie where no single cell leads.
function searchEverywhere(model: TableModel, changed: TableModel): readonly Value[] | undefined {
  const proof = proveSame(model, changed);
  return typeof proof === "string" ? undefined : proof.differOn;
}

function compileChanged(source: TableSource, pack: Pack) {
  try {
    return modelTable(source, { names: pack.program.names });
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

// One example a line, so that a review sees what was added.
function layOut(examples: readonly TableExample[]): string {
  return `[\n${examples.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]\n`;
}
