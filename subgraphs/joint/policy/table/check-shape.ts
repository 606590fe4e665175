/** Faults of a table as a whole: its size, the names of its columns, the ids of its rows, what its hit policy needs. */
import type { Row } from "../contract";
import { isRanked } from "./hit-policy";
import type { Report, ResolvedColumn } from "./resolve-column";
import { TABLE_LIMITS, type TableSource } from "./table-source";

/** Reports faults that make reading the cells pointless. */
export function checkShape(source: TableSource, report: Report): void {
  const { rows, inputs, outputs } = source;
  const counts = [
    faultOfCount("rows", rows.length, TABLE_LIMITS.rowsMax),
    faultOfCount("inputs", inputs.length, TABLE_LIMITS.inputsMax),
    faultOfCount("outputs", outputs.length, TABLE_LIMITS.outputsMax),
  ];
  for (const message of counts) if (message) report({ message });
  for (const name of repeated([...inputs.map((one) => one.name), ...outputs.map((one) => one.name)])) {
    report({ column: name, message: "the name stands over two columns" });
  }
  for (const id of repeated(rows.map((row) => row.id))) report({ row: id, message: "two rows have this id" });
  for (const row of rows) {
    if (row.inputs.length !== inputs.length || row.outputs.length !== outputs.length) {
      report({
        row: row.id,
        message: `has ${row.inputs.length} input and ${row.outputs.length} output cells; the table has ${inputs.length} and ${outputs.length} columns`,
      });
    }
  }
}

/** Reports what the hit policy needs and the columns do not give. */
export function checkHitPolicy(
  { hitPolicy }: Pick<TableSource, "hitPolicy">,
  table: { readonly outputs: readonly (ResolvedColumn | undefined)[]; readonly rows: readonly Row[] },
  report: Report,
): void {
  const [first, ...more] = table.outputs;
  if (isRanked(hitPolicy) && first && table.outputs.every((output) => output?.listed.length === 0)) {
    report({
      column: first.name,
      message: `${hitPolicy} needs the allowed values of an output, the preferred one first`,
    });
  }
  if (!["COLLECT_SUM", "COLLECT_MIN", "COLLECT_MAX"].includes(hitPolicy) || !first) return;
  if (more.length > 0)
    report({ message: `${hitPolicy} aggregates one output; the table has ${more.length + 1}` });
  if (first.type.kind !== "number")
    report({ column: first.name, message: `${hitPolicy} needs a number output` });
  for (const row of table.rows) {
    if (row.outputs[0] === null)
      report({ row: row.id, column: first.name, message: "null cannot be aggregated" });
  }
}

function faultOfCount(what: string, count: number, max: number): string | undefined {
  if (count === 0) return `the table has no ${what}`;
  return count > max ? `the table has ${count} ${what}; at most ${max} are read` : undefined;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) < at))];
}
