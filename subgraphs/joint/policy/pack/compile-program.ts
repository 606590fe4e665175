/** Puts a program together: parameters, indicators, tables, lists and procedures, in an order in which each finds what it reads. */
import type { WorkingDayCalendar } from "../calendar/working-days";
import { PolicyError, type CompiledTable, type PolicyFault } from "../contract";
import { UNKNOWN_INPUT } from "../table/resolve-column";
import type { TableSource } from "../table/table-source";
import { compileIndicators, namedValue } from "./compile-indicator";
import { listParts, listRules, procedureParts, valueParts } from "./compile-parts";
import { tablePart } from "./compile-table-part";
import { inspectParameters } from "./parameters";
import type { Part, PartScope } from "./part";
import type { Node, Program } from "./program";
import { createBuilder } from "./program-builder";
import { publicationFaults } from "./publication";
import { reportFaults } from "./reports";
import type { SchemeFile } from "./scheme-file";
import { statisticsFaults } from "./statistics";

/** The file that faults outside tables are reported for. */
export const SCHEME_FILE = "scheme.yaml";

/** What a pack consists of before it is compiled: the scheme file, and all tables by file name. */
export interface PackParts {
  readonly scheme: SchemeFile;
  readonly tables: ReadonlyMap<string, readonly TableSource[]>;
  readonly calendar: WorkingDayCalendar;
  /** Files whose tables cannot be read. What only these could give is not told as missing. */
  readonly unreadable?: ReadonlySet<string>;
}

/** Compiles a scheme with its tables. Throws PolicyError with every fault. */
export function compileProgram(parts: PackParts): Program {
  const { program, faults } = inspectProgram(parts);
  if (!program) throw new PolicyError(faults);
  return program;
}

/** What came of compiling: the program if there is no fault, and the tables that could be compiled. */
export interface InspectedProgram {
  readonly program: Program | undefined;
  readonly tables: readonly CompiledTable[];
  readonly faults: readonly PolicyFault[];
}

/** As `compileProgram`, for those who want to hear everything. */
export function inspectProgram({ scheme, tables, calendar, unreadable = NONE }: PackParts): InspectedProgram {
  const faults: PolicyFault[] = [];
  const report = (fault: PolicyFault) => void faults.push(fault);
  const refuse = (message: string) => report({ file: SCHEME_FILE, message });
  const parameters = inspectParameters(scheme, SCHEME_FILE, report);
  const builder = createBuilder();
  builder.define("asOf", { kind: "date" });
  builder.define("asOfYear", { kind: "number", scale: 0 });
  for (const [name, { type, value }] of parameters.names) builder.define(name, type, value);
  const anniversaryCounts = namedValue(parameters.names, scheme.anniversaryDay) === "IN";
  const indicatorScope = { names: parameters.names, anniversaryCounts, file: SCHEME_FILE, report };
  for (const indicator of compileIndicators(scheme, indicatorScope)) {
    if (builder.slotOf.has(indicator.name)) refuse(`the name '${indicator.name}' is used twice`);
    const slot = builder.define(indicator.name, indicator.type);
    builder.add({ kind: "indicator", slot, indicator }, [slot]);
  }
  const inputNames = [...tables.values()].flat().flatMap(({ inputs }) => inputs.map(({ name }) => name));
  const scope: PartScope = { scheme, builder, parameters, inputNames, unreadable, refuse, report };
  addInOrder(
    [...valueParts(scope), ...tableParts(scope, tables), ...listParts(scope), ...procedureParts(scope)],
    scope,
  );
  checkReferences(scope);
  for (const fault of repeatedRows(tables)) report(fault);
  for (const message of [...publicationFaults(scheme), ...reportFaults(scheme), ...statisticsFaults(scheme)])
    refuse(message);
  const lists = listRules(scope);
  const compiled = builder.nodes.flatMap((node) => (node.kind === "table" ? [node.table] : []));
  const told = withoutConsequences(faults, scope);
  const program =
    faults.length > 0 || unreadable.size > 0
      ? undefined
      : finish(scope, tables, { lists, anniversaryCounts, calendar });
  return { program, tables: compiled, faults: told };
}

const NONE: ReadonlySet<string> = new Set();

// What rests on an indicator that is refused, or on what cannot be read, is not refused for it a second time.
function withoutConsequences(
  faults: readonly PolicyFault[],
  { scheme, builder, unreadable }: PartScope,
): PolicyFault[] {
  const indicators = Object.keys(scheme.indicators).filter((name) => builder.slot(name) < 0);
  const refused = [...indicators, ...unreadable];
  const isConsequence = ({ message }: PolicyFault): boolean =>
    refused.some((name) => message.includes(`'${name}'`)) ||
    (unreadable.size > 0 && message.startsWith(UNKNOWN_INPUT));
  return faults.filter((fault) => !isConsequence(fault));
}

// A receipt cites a row by its id alone.
function repeatedRows(tables: ReadonlyMap<string, readonly TableSource[]>): readonly PolicyFault[] {
  const first = new Map<string, string>();
  return [...tables.values()].flat().flatMap(({ file, name, rows }) =>
    rows.flatMap(({ id }): PolicyFault[] => {
      const before = first.get(id);
      if (before === undefined) first.set(id, name);
      if (before === undefined || before === name) return [];
      return [{ file, table: name, row: id, message: `table ${before} has a row with this id` }];
    }),
  );
}

function positionsOf(nodes: readonly Node[], role: "GROUNDS" | "MEASURES"): number[] {
  return nodes.flatMap((node, at) => (node.kind === "table" && node.role === role ? at : []));
}

function tableParts(scope: PartScope, tables: ReadonlyMap<string, readonly TableSource[]>): Part[] {
  return scope.scheme.tables.flatMap(({ file, role }) => {
    const sources = tables.get(file);
    if (!sources && !scope.unreadable.has(file)) scope.refuse(`tables: ${file} is not in the folder`);
    return (sources ?? []).map((source) => tablePart(source, role, scope));
  });
}

function addInOrder(parts: readonly Part[], scope: PartScope): void {
  const { builder, refuse } = scope;
  let pending = [...parts];
  while (pending.length > 0) {
    const marks = new Set(pending.map((part) => part.mark));
    const ready = pending.find(
      (part) =>
        part.reads.every((name) => builder.slot(name) >= 0) &&
        part.waitsFor.every((mark) => !marks.has(mark)),
    );
    const next = ready ?? pending.find((part) => missingNames(part, pending, scope).length > 0);
    if (!next) break;
    pending = pending.filter((part) => part !== next);
    if (ready) ready.build();
    else if (next.explain) next.explain();
    else if (scope.unreadable.size === 0)
      refuse(`${next.what} reads '${missingNames(next, pending, scope).join("', '")}', which nothing gives`);
  }
  if (scope.unreadable.size > 0) return;
  for (const { what } of pending) refuse(`${what} waits for something that waits for it`);
}

// The names that a part reads and that neither are there nor can still come: one fault is not told again for all that rests on it.
function missingNames({ reads }: Part, pending: readonly Part[], { builder }: PartScope): readonly string[] {
  return reads.filter(
    (name) => builder.slot(name) < 0 && !pending.some((other) => other.gives?.includes(name)),
  );
}

function checkReferences({ scheme, builder, refuse, unreadable }: PartScope): void {
  const isMissing = (name: string): boolean => builder.slot(name) < 0 && unreadable.size === 0;
  for (const [code, { quantity, overrides }] of Object.entries(scheme.measures)) {
    for (const other of overrides)
      if (!scheme.measures[other]) refuse(`measure ${code} overrides unknown ${other}`);
    if (quantity && "value" in quantity && isMissing(quantity.value)) {
      refuse(`measure ${code}: its quantity '${quantity.value}' is not known`);
    }
  }
  for (const route of scheme.routes) {
    if ("to" in route && isMissing(route.to)) refuse(`route ${route.name}: '${route.to}' is not known`);
  }
  for (const [result, named] of Object.entries(scheme.results)) {
    for (const name of [named].flat()) {
      if (name !== undefined && isMissing(name)) refuse(`results: ${result} '${name}' is not known`);
    }
  }
  if (scheme.anniversaryDay !== undefined && !scheme.parameters[scheme.anniversaryDay]) {
    refuse(`anniversaryDay: there is no parameter '${scheme.anniversaryDay}'`);
  }
}

function finish(
  { scheme, builder, parameters }: PartScope,
  tables: ReadonlyMap<string, readonly TableSource[]>,
  { lists, anniversaryCounts, calendar }: Pick<Program, "lists" | "anniversaryCounts" | "calendar">,
): Program {
  const slotOfResult = (name: string | undefined) => (name === undefined ? -1 : builder.slot(name));
  const { score, grade, title, told = [] } = scheme.results;
  const cells = [...tables.values()].flat().flatMap((table) => table.rows.flatMap((row) => row.inputs));
  const written = cells.flatMap((cell) => cell.match(/\d{4}-\d\d-\d\d/g) ?? []);
  const set = [...parameters.names.values()].flatMap(({ type, value }) =>
    type.kind === "date" ? [String(value)] : [],
  );
  const bounds = [...parameters.periods.values()].flat().flatMap(({ from, until }) => [from, until]);
  return {
    nodes: builder.nodes,
    groundTables: positionsOf(builder.nodes, "GROUNDS"),
    measureTables: positionsOf(builder.nodes, "MEASURES"),
    initial: builder.initial,
    slotOf: builder.slotOf,
    names: builder.names,
    producers: builder.producers,
    scales: builder.scales,
    measures: new Map(Object.entries(scheme.measures)),
    lists,
    routes: scheme.routes.map((route) =>
      "to" in route
        ? { name: route.name, slot: builder.slot(route.to) }
        : { name: route.name, unit: route.unit },
    ),
    results: {
      score: slotOfResult(score),
      grade: slotOfResult(grade),
      title: slotOfResult(title),
      told: told.map(slotOfResult),
    },
    anniversaryCounts,
    calendar,
    namedDays: [...new Set([...written, ...set, ...bounds])],
  };
}
