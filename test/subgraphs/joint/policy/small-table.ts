/** Builds small tables for tests, without XML. */
import type { Column, ColumnType, HitPolicy } from "../../../../subgraphs/joint/policy/contract";
import type { NamedValue } from "../../../../subgraphs/joint/policy/feel/resolve-cell";
import { compileTable } from "../../../../subgraphs/joint/policy/table/compile-table";
import type { TableSource } from "../../../../subgraphs/joint/policy/table/table-source";

export const count: ColumnType = { kind: "number", scale: 0 };
export const points: ColumnType = { kind: "number", scale: 1 };
export const yuan: ColumnType = { kind: "number", scale: 2 };
export const text: ColumnType = { kind: "string" };
export const day: ColumnType = { kind: "date" };
export const yesNo: ColumnType = { kind: "boolean" };
export const oneOf = (...allowed: string[]): ColumnType => ({ kind: "string", allowed });

interface SmallTable {
  readonly hitPolicy: HitPolicy;
  readonly inputs: Readonly<Record<string, ColumnType>>;
  readonly outputs: Readonly<Record<string, ColumnType>>;
  /** Cells of the inputs, then of the outputs. The row at position n has the id `r<n+1>`. */
  readonly rows: readonly (readonly string[])[];
  /** Allowed values by column. */
  readonly allowed?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, NamedValue>>;
}

export function smallSource(table: SmallTable): TableSource {
  const column = ([name, type]: [string, ColumnType]) => ({
    ...({ name, type, label: name } satisfies Column),
    allowed: table.allowed?.[name],
  });
  const width = Object.keys(table.inputs).length;
  return {
    file: "small.dmn",
    name: "small",
    label: "small",
    hitPolicy: table.hitPolicy,
    inputs: Object.entries(table.inputs).map(column),
    outputs: Object.entries(table.outputs).map(column),
    rows: table.rows.map((cells, at) => ({
      id: `r${at + 1}`,
      inputs: cells.slice(0, width),
      outputs: cells.slice(width),
      legalBasis: "Article 1",
      text: { zh: "甲", en: "one" },
    })),
  };
}

export function smallNames(table: SmallTable): ReadonlyMap<string, NamedValue> {
  const inputs = Object.entries(table.inputs).map(([name, type]): [string, NamedValue] => [name, { type }]);
  return new Map([...inputs, ...Object.entries(table.parameters ?? {})]);
}

export function compileSmall(table: SmallTable) {
  return compileTable(smallSource(table), { names: smallNames(table) });
}
