/** One folder `<scheme>/<version>/` becomes a pack. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import type { SchemeVersion } from "../../assessment/assessment";
import type { WorkingDayCalendar } from "../calendar/working-days";
import { PolicyError, type CompiledTable, type PolicyFault } from "../contract";
import { inspectTables } from "../dmn/read-tables";
import type { TableSource } from "../table/table-source";
import { compileProgram, inspectProgram, SCHEME_FILE } from "./compile-program";
import { legalityFaults, loadBasicList } from "./legality";
import type { Pack } from "./pack";
import { overrideParameters } from "./parameters";
import type { Program } from "./program";
import { salvageScheme } from "./salvage-scheme";
import type { SchemeFile } from "./scheme-file";

/** Reads and compiles the pack in a folder. Throws PolicyError with all faults, files named relative to the policies' folder. */
export async function readPack(folder: string, calendar: WorkingDayCalendar): Promise<Pack> {
  const { pack, faults } = await inspectPack(folder, calendar);
  if (!pack) throw new PolicyError(faults);
  return pack;
}

/** What could be made of a folder: the pack if there is no fault, and the tables that could be compiled. */
export interface InspectedPack {
  readonly pack: Pack | undefined;
  readonly tables: readonly CompiledTable[];
  readonly faults: readonly PolicyFault[];
}

/** As `readPack`, for those who want to hear everything that is wrong, in one go. */
export async function inspectPack(folder: string, calendar: WorkingDayCalendar): Promise<InspectedPack> {
  const place = `${basename(dirname(folder))}/${basename(folder)}`;
  const { files, sha256 } = await readFolder(folder);
  const faults: PolicyFault[] = [];
  const scheme = readScheme(files.get(SCHEME_FILE), place);
  faults.push(...scheme.faults);
  const tables = new Map<string, readonly TableSource[]>();
  const unreadable = new Set<string>(scheme.dropped);
  for (const [name, content] of files) {
    if (!name.endsWith(".dmn")) continue;
    const read = await inspectTables(content, name);
    faults.push(...read.faults);
    if (read.tables.length > 0) tables.set(name, read.tables);
    else unreadable.add(name);
  }
  const { file } = scheme;
  const inspected = file && inspectProgram({ scheme: file, tables, calendar, unreadable });
  if (file) faults.push(...unusedTables(file, files), ...legalityFaultsOf(file), ...inspected!.faults);
  const told = faults.map((fault) => ({ ...fault, file: `${place}/${fault.file}` }));
  const isWhole = file && told.length === 0 && inspected?.program;
  const pack = isWhole ? packOf({ file, tables, folder, sha256, calendar }, inspected.program!) : undefined;
  return { pack, tables: inspected?.tables ?? [], faults: told };
}

// The hash is over names, lengths and contents, in the order of the names.
async function readFolder(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => !entry.isFile());
  if (folders.length > 0)
    throw new PolicyError(
      folders.map(({ name }) => ({
        file: join(basename(dirname(folder)), basename(folder), name),
        message: "only files belong into a pack",
      })),
    );
  const names = entries.map(({ name }) => name).sort();
  const hash = createHash("sha256");
  const files = new Map<string, string>();
  for (const name of names) {
    const content = await readFile(join(folder, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
    files.set(name, content.toString("utf8"));
  }
  return { files, sha256: hash.digest("hex") };
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

function compilePack(source: PackSource): Pack {
  const { file, tables, calendar } = source;
  return packOf(source, compileProgram({ scheme: file, tables, calendar }));
}

function packOf({ file, tables, folder, sha256 }: PackSource, program: Program): Pack {
  const { id, version, effectiveFrom, effectiveUntil, historical, title, jurisdiction } = file;
  const scheme: SchemeVersion = { id, version, effectiveFrom, effectiveUntil, sha256, historical };
  const parameters = Object.entries(file.parameters).map(([name, { value, open, note }]) => ({
    name,
    value,
    open,
    note,
  }));
  return { scheme, title, jurisdiction, parameters, file, tables, folder, program };
}

interface ReadScheme {
  readonly file: SchemeFile | undefined;
  /** Entries that were left out because they are faulty: what rests on them is not faulty for that. */
  readonly dropped: readonly string[];
  readonly faults: readonly PolicyFault[];
}

function readScheme(text: string | undefined, place: string): ReadScheme {
  const faultsOf = (...messages: readonly string[]): PolicyFault[] =>
    messages.map((message) => ({ file: SCHEME_FILE, message }));
  const nothing = { file: undefined, dropped: [] };
  if (text === undefined) return { ...nothing, faults: faultsOf("the file is missing") };
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const told = error instanceof Error ? error.message.split(":\n")[0]! : String(error);
    return { ...nothing, faults: faultsOf(told) };
  }
  const { file, dropped, messages } = salvageScheme(value);
  const isElsewhere = file && `${file.id}/${file.version}` !== place;
  const misplaced = isElsewhere ? [`it says ${file.id} ${file.version}, but lies in ${place}`] : [];
  return { file, dropped, faults: faultsOf(...messages, ...misplaced) };
}

function legalityFaultsOf(file: SchemeFile): PolicyFault[] {
  return legalityFaults(file, loadBasicList()).map((message) => ({ file: SCHEME_FILE, message }));
}

function unusedTables(file: SchemeFile, files: ReadonlyMap<string, string>): PolicyFault[] {
  const listed = new Set(file.tables.map((table) => table.file));
  const unused = [...files.keys()].filter((name) => name.endsWith(".dmn") && !listed.has(name));
  return unused.map((name) => ({ file: name, message: `${SCHEME_FILE} does not list this table` }));
}
