/** A decision table as a part of the program: its columns meet the slots, its outputs what their role asks for. */
import { PolicyError, type CompiledTable, type Value } from "../contract";
import { compileTable, declareOutputs } from "../table/compile-table";
import type { TableSource } from "../table/table-source";
import type { Part, PartScope } from "./part";
import type { TableNode } from "./program";
import { OUTCOMES } from "./scheme-file";

type Role = TableNode["role"];

const SINGLE_HIT = ["UNIQUE", "ANY", "FIRST", "PRIORITY"];
const OUTPUTS: Readonly<Record<Role, readonly string[]>> = {
  VALUE: [],
  GROUNDS: ["list"],
  MEASURES: ["measure", "quantity", "unit", "outcome", "direction"],
};

/** The table as a part that waits for all names its cells read. */
export function tablePart(source: TableSource, role: Role, scope: PartScope): Part {
  return {
    what: `table ${source.name}`,
    reads: source.inputs.map(({ name }) => name),
    waitsFor: [],
    mark: role === "GROUNDS" ? "grounds" : `table:${source.name}`,
    build() {
      const table = compile(source, scope);
      if (table) addTable({ source, role, table }, scope);
      else if (role === "VALUE") declareOnly(source, scope);
    },
    gives: role === "VALUE" ? source.outputs.map(({ name }) => name) : [],
    explain() {
      compile(source, scope);
      if (role === "VALUE") declareOnly(source, scope);
    },
  };
}

function compile(source: TableSource, { builder, report }: PartScope): CompiledTable | undefined {
  try {
    return compileTable(source, { names: builder.names });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    error.faults.forEach(report);
    return undefined;
  }
}

// What a refused table gives is declared all the same: otherwise every table that rests on it would be refused too.
function declareOnly(source: TableSource, { builder }: PartScope): void {
  for (const { name, type } of declareOutputs(source, { names: builder.names })) {
    if (builder.slot(name) < 0) builder.define(name, type);
  }
}

interface TableToAdd {
  readonly source: TableSource;
  readonly role: Role;
  readonly table: CompiledTable;
}

function addTable({ source, role, table }: TableToAdd, scope: PartScope): void {
  const { builder } = scope;
  checkOutputs({ source, role, table }, scope);
  const outputs = role === "VALUE" ? table.outputs.map(({ name, type }) => builder.define(name, type)) : [];
  const node: TableNode = {
    kind: "table",
    role,
    table,
    inputs: table.inputs.map(({ name }) => builder.slot(name)),
    outputs,
    isShared:
      readersOf(
        table.outputs.map(({ name }) => name),
        scope,
      ) > 1,
    tested: source.rows.map((row) => testedSlots(source, row.inputs, builder.slotOf)),
    outputAt: new Map(table.outputs.map(({ name }, at) => [name, at])),
  };
  builder.add(node, outputs);
}

// Every mention of a name in the scheme file or over a column of a table that runs after this one.
function readersOf(outputs: readonly string[], { scheme, inputNames }: PartScope): number {
  const { picks, sums, memberships, procedures, measures, routes } = scheme;
  const read = [
    ...inputNames,
    ...Object.values(picks).flatMap(({ by, cases, unrecorded, otherwise }) => [
      by,
      ...Object.values(cases).flat(),
      ...(unrecorded ?? []),
      ...otherwise,
    ]),
    ...Object.values(sums).flatMap(({ of }) => of),
    ...Object.values(memberships).map(({ value }) => value),
    ...procedures.flatMap(({ states }) => states.flatMap(({ when }) => Object.keys(when.values ?? {}))),
    ...routes.flatMap((route) => ("to" in route ? route.to : [])),
    ...Object.values(measures).flatMap(({ quantity }) =>
      quantity && "value" in quantity ? quantity.value : [],
    ),
  ];
  return read.filter((name) => outputs.includes(name)).length;
}

// A cell tests its own column, and the columns of the inputs that it names.
function testedSlots(source: TableSource, cells: readonly string[], slotOf: ReadonlyMap<string, number>) {
  const names = new Set<string>();
  cells.forEach((cell, at) => {
    if (["", "-"].includes(cell.trim())) return;
    names.add(source.inputs[at]!.name);
    const unquoted = cell.replace(/"[^"]*"/g, "");
    for (const { name } of source.inputs)
      if (unquoted.split(/[^A-Za-z0-9_]+/).includes(name)) names.add(name);
  });
  return [...names].map((name) => slotOf.get(name)!);
}

function checkOutputs({ source, role, table }: TableToAdd, { scheme, builder, report }: PartScope): void {
  const refuse = (message: string, column?: string, row?: string) =>
    report({
      file: source.file,
      table: source.name,
      message,
      ...(row && { row }),
      ...(column && { column }),
    });
  if (role === "VALUE") {
    const aggregates = /^COLLECT_/.test(table.hitPolicy) && table.outputs.length === 1;
    if (!SINGLE_HIT.includes(table.hitPolicy) && !aggregates) {
      refuse(`a table that gives values has one of the hit policies ${SINGLE_HIT.join(", ")}, or aggregates`);
    }
    for (const { name } of table.outputs) if (builder.slot(name) >= 0) refuse("the name is used twice", name);
    return;
  }
  const names = table.outputs.map(({ name }) => name);
  const wanted = OUTPUTS[role];
  if (!names.includes(wanted[0]!)) refuse(`a ${role} table needs the output '${wanted[0]!}'`);
  for (const name of names.filter((one) => !wanted.includes(one)))
    refuse(`a ${role} table has no output '${name}'`, name);
  const known: Readonly<Record<string, unknown>> = role === "GROUNDS" ? scheme.lists : scheme.measures;
  const at = names.indexOf(wanted[0]!);
  for (const row of table.rows) {
    const value: Value | undefined = row.outputs[at];
    if (typeof value !== "string" || !known[value])
      refuse(`'${String(value)}' is not declared`, wanted[0]!, row.id);
  }
  if (role === "MEASURES") checkVerdicts(table, (column, row, message) => refuse(message, column, row));
}

const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  outcome: OUTCOMES,
  direction: ["INCENTIVE"],
};

// A row may say that a measure of the catalogue favours here. That it punishes is for the catalogue to say: it is held against the law.
function checkVerdicts(
  { outputs, rows }: CompiledTable,
  refuse: (column: string, row: string, message: string) => void,
): void {
  for (const [at, { name }] of outputs.entries()) {
    const allowed = VERDICTS[name];
    for (const row of allowed ? rows : []) {
      const value = row.outputs[at];
      if (value !== null && !allowed!.includes(String(value)))
        refuse(name, row.id, `'${String(value)}' is not one of ${allowed!.join(", ")}`);
    }
  }
}
