/** One folder `<scheme>/<version>/` becomes a pack. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import type { SchemeVersion } from "../../assessment/assessment";
import type { WorkingDayCalendar } from "../calendar/working-days";
import { PolicyError, type PolicyFault } from "../contract";
import { readTables } from "../dmn/read-tables";
import type { TableSource } from "../table/table-source";
import { compileProgram, SCHEME_FILE } from "./compile-program";
import { legalityFaults, loadBasicList } from "./legality";
import type { Pack } from "./pack";
import { overrideParameters } from "./parameters";
import { schemeFile, type SchemeFile } from "./scheme-file";

/** Reads and compiles the pack in a folder. Throws PolicyError with all faults, files named relative to the policies' folder. */
export async function readPack(folder: string, calendar: WorkingDayCalendar): Promise<Pack> {
  const place = `${basename(dirname(folder))}/${basename(folder)}`;
  try {
    const names = (await readdir(folder)).sort();
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name))));
    const hash = createHash("sha256");
    names.forEach((name, at) => hash.update(`${name}\0${contents[at]!.length}\0`).update(contents[at]!));
    const text = contents[names.indexOf(SCHEME_FILE)]?.toString("utf8");
    const file = readScheme(text, place);
    const tables = new Map<string, readonly TableSource[]>();
    for (const [at, name] of names.entries()) {
      if (name.endsWith(".dmn")) tables.set(name, await readTables(contents[at]!.toString("utf8"), name));
    }
    checkAllUsed(file, tables);
    checkLegality(file);
    return compilePack({ file, tables, folder, sha256: hash.digest("hex"), calendar });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyError(error.faults.map((fault) => ({ ...fault, file: `${place}/${fault.file}` })));
  }
}

/**
 * The same pack with other parameter values: scalars, lists and periods are replaced, maps are merged key by key. For
 * trying out and for acceptance cases. Throws PolicyError for a name or value that the pack does not know.
 */
export function withParameters(pack: Pack, overrides: Readonly<Record<string, unknown>>): Pack {
  if (Object.keys(overrides).length === 0) return pack;
  const file = overrideParameters(pack.file, overrides, SCHEME_FILE);
  const { tables, folder, scheme, program } = pack;
  return compilePack({ file, tables, folder, sha256: scheme.sha256, calendar: program.calendar });
}

/** The same pack with other tables, for trying out a change before it is written. Throws PolicyError as reading it would. */
export function withTables(pack: Pack, tables: Pack["tables"]): Pack {
  const { file, folder, scheme, program } = pack;
  return compilePack({ file, tables, folder, sha256: scheme.sha256, calendar: program.calendar });
}

interface PackSource extends Pick<Pack, "file" | "tables" | "folder"> {
  readonly sha256: string;
  readonly calendar: WorkingDayCalendar;
}

function compilePack({ file, tables, folder, sha256, calendar }: PackSource): Pack {
  const { id, version, effectiveFrom, effectiveUntil, historical, title, jurisdiction } = file;
  const scheme: SchemeVersion = { id, version, effectiveFrom, effectiveUntil, sha256, historical };
  const program = compileProgram({ scheme: file, tables, calendar });
  const parameters = Object.entries(file.parameters).map(([name, { value, open, note }]) => ({
    name,
    value,
    open,
    note,
  }));
  return { scheme, title, jurisdiction, parameters, file, tables, folder, program };
}

function readScheme(text: string | undefined, place: string): SchemeFile {
  const refuse = (...faults: readonly string[]): never => {
    throw new PolicyError(faults.map((message): PolicyFault => ({ file: SCHEME_FILE, message })));
  };
  if (text === undefined) return refuse("the file is missing");
  const parsed = schemeFile.safeParse(parseYaml(text, refuse));
  if (!parsed.success) {
    return refuse(
      ...parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`),
    );
  }
  const { id, version } = parsed.data;
  if (`${id}/${version}` !== place) refuse(`it says ${id} ${version}, but lies in ${place}`);
  return parsed.data;
}

function parseYaml(text: string, refuse: (message: string) => never): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function checkLegality(file: SchemeFile): void {
  const faults = legalityFaults(file, loadBasicList());
  if (faults.length > 0) throw new PolicyError(faults.map((message) => ({ file: SCHEME_FILE, message })));
}

function checkAllUsed(file: SchemeFile, tables: ReadonlyMap<string, unknown>): void {
  const listed = new Set(file.tables.map((table) => table.file));
  const unused = [...tables.keys()].filter((name) => !listed.has(name));
  if (unused.length === 0) return;
  throw new PolicyError(
    unused.map((name) => ({ file: name, message: `${SCHEME_FILE} does not list this table` })),
  );
}
