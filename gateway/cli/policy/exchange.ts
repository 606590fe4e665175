/** `policy export` and `policy import`: the rules of a table to a spreadsheet and back. */
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readSheet } from "read-excel-file/node";
import writeXlsxFile from "write-excel-file/node";
import { PolicyError } from "../../../subgraphs/joint/policy/contract";
import { readTables } from "../../../subgraphs/joint/policy/dmn/read-tables";
import { fromSheet, toSheet, type SheetCell } from "../../../subgraphs/joint/policy/exchange/sheet";
import { writeRules } from "../../../subgraphs/joint/policy/exchange/write-rules";
import { withTables } from "../../../subgraphs/joint/policy/pack/read-pack";
import type { TableSource } from "../../../subgraphs/joint/policy/table/table-source";
import { readPackAt } from "./pack-folders";

/** `policy export TABLE.dmn --out TABLE.xlsx`. */
export async function runExport(args: readonly string[]): Promise<number> {
  const [from, to] = readPaths(args, "out");
  const table = await readOnlyTable(from);
  const lines = toSheet(table);
  const isHeading = (line: number) => line < 2;
  const cells = lines.map((line, at) =>
    line.map((text) => ({
      value: text,
      type: String,
      wrap: true,
      ...(isHeading(at) && { fontWeight: "bold" as const }),
    })),
  );
  const columns = lines[1]!.map((name) => ({ width: ["legalBasis", "zh", "en"].includes(name) ? 40 : 18 }));
  await writeXlsxFile(cells, { columns, stickyRowsCount: 2, sheet: table.name.slice(0, 31) }).toFile(to);
  console.log(`${table.rows.length} rows of ${table.name} written to ${to}`);
  return 0;
}

/**
 * `policy import TABLE.xlsx --into TABLE.dmn`. The table is read, and its pack compiled, with the new rules before anything is
 * written: rules that are refused leave the file as it was.
 */
export async function runImport(args: readonly string[]): Promise<number> {
  const [from, into] = readPaths(args, "into");
  const table = await readOnlyTable(into);
  const rows = fromSheet(await readLines(from), table);
  const xml = await writeRules(await readFile(into, "utf8"), table, rows);
  await checkInPack(into, await readTables(xml, basename(into)));
  const draft = `${into}.new`;
  await writeFile(draft, xml);
  await rename(draft, into);
  console.log(`${rows.length} rows of ${table.name} written to ${into}`);
  return 0;
}

// Numbers are taken as they are written in the file, so that no digit is lost to a float. The package's types give days wrongly.
async function readLines(file: string): Promise<readonly (readonly SheetCell[])[]> {
  requireFile(file);
  try {
    const lines: unknown = await readSheet<string>(file, { parseNumber: (text) => text });
    return lines as readonly (readonly SheetCell[])[];
  } catch (error) {
    throw new Error(`${file} cannot be read as a spreadsheet: ${(error as Error).message}`, { cause: error });
  }
}

function requireFile(file: string): void {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
}

async function readOnlyTable(file: string): Promise<TableSource> {
  requireFile(file);
  const tables = await readTables(await readFile(file, "utf8"), basename(file));
  if (tables.length === 1) return tables[0]!;
  throw new PolicyError([
    { file: basename(file), message: `holds ${tables.length} tables; a spreadsheet holds one` },
  ]);
}

// Only the pack knows the names that cells use. A table that lies in no pack is checked as far as it goes alone.
async function checkInPack(file: string, tables: readonly TableSource[]): Promise<void> {
  const folder = dirname(resolve(file));
  if (!existsSync(join(folder, "scheme.yaml"))) return;
  const pack = await readPackAt(folder);
  withTables(pack, new Map([...pack.tables, [basename(file), tables]]));
}

function readPaths(args: readonly string[], option: string): [from: string, to: string] {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { [option]: { type: "string" } },
    allowPositionals: true,
  });
  const to = values[option];
  const [from, ...more] = positionals;
  if (typeof to !== "string" || from === undefined || more.length > 0) {
    throw new Error(`takes one file and --${option} FILE`);
  }
  return [from, to];
}
