/** A table whose every cell has been read, typed and found possible: what evaluation and the static check work on. */
import {
  PolicyError,
  type Column,
  type HitPolicy,
  type PolicyFault,
  type Row,
  type Value,
} from "../contract";
import { codeColumn } from "../feel/coding";
import { compileCell, stringsOf, type CompiledCell } from "../feel/compile-cell";
import { CellFault, parseCell, parseOutputCell } from "../feel/parse-cell";
import {
  resolveCell,
  resolveOutput,
  type CellScope,
  type Names,
  type ResolvedCell,
} from "../feel/resolve-cell";
import { intersect, type CodeRange } from "../feel/value-set";
import { indexColumn, type ColumnIndex } from "./column-index";
import { isRanked, rankRows } from "./hit-policy";
import {
  domainOf,
  isAllowed,
  resolveInput,
  resolveOutputColumn,
  type Report,
  type ResolvedColumn,
} from "./resolve-column";
import { checkHitPolicy, checkShape } from "./check-shape";
import type { SourceRow, TableSource } from "./table-source";

/** What the cells of a table may refer to. */
export interface CompileScope {
  readonly names: Names;
}

/** One input column with its cells by position. */
export interface ModelColumn {
  readonly cells: readonly CompiledCell[];
  readonly index: ColumnIndex;
}

/** The checked table. `ordered` are the rows by position: in the table's order, or in the order of their rank. */
export interface TableModel {
  readonly name: string;
  readonly file: string;
  readonly hitPolicy: HitPolicy;
  readonly inputs: readonly Column[];
  readonly outputs: readonly Column[];
  readonly rows: readonly Row[];
  readonly ordered: readonly Row[];
  readonly columns: readonly ModelColumn[];
}

/** Checks a whole table. Throws PolicyError with every fault found. */
export function modelTable(source: TableSource, { names }: CompileScope): TableModel {
  const faults: PolicyFault[] = [];
  const report: Report = (fault) => faults.push({ file: source.file, table: source.name, ...fault });
  checkShape(source, report);
  if (faults.length > 0) throw new PolicyError(faults);
  const inputs = source.inputs.map((column) => resolveInput(column, names, report));
  const outputs = source.outputs.map((column) => resolveOutputColumn(column, names, report));
  const rows = source.rows.map((row, index) => readRow(row, index, { outputs, names, report }));
  checkHitPolicy(source, { outputs, rows }, report);
  const ranked = isRanked(source.hitPolicy) && faults.length === 0;
  const ordered = ranked
    ? rankRows(
        rows,
        outputs.map((output) => output!.listed),
      )
    : rows;
  const positions = new Map(source.inputs.map(({ name }, index) => [name, index]));
  const columns = inputs.map((column, at) => {
    if (!column) return undefined;
    const cells = ordered.map((row) => ({ row: row.id, text: source.rows[row.index]!.inputs[at]! }));
    return compileColumn(column, cells, { names, inputs: positions, report });
  });
  if (faults.length > 0) throw new PolicyError(faults);
  return {
    name: source.name,
    file: source.file,
    hitPolicy: source.hitPolicy,
    inputs: inputs.map((column) => publish(column!)),
    outputs: outputs.map((column) => publish(column!)),
    rows,
    ordered,
    columns: columns.map((column) => column!),
  };
}

interface RowScope {
  readonly outputs: readonly (ResolvedColumn | undefined)[];
  readonly names: Names;
  readonly report: Report;
}

interface ColumnScope extends Pick<CellScope, "names" | "inputs"> {
  readonly report: Report;
}

interface CellText {
  readonly row: string;
  readonly text: string;
}

function publish({ name, label, type }: ResolvedColumn): Column {
  return { name, label, type };
}

function readRow(row: SourceRow, index: number, { outputs, names, report }: RowScope): Row {
  const values = outputs.map((column, at): Value => {
    if (!column) return null;
    const place = { row: row.id, column: column.name };
    return guarded(place, report, () => readOutput(row.outputs[at]!, column, names)) ?? null;
  });
  return { id: row.id, index, outputs: values, legalBasis: row.legalBasis, text: row.text };
}

function readOutput(text: string, column: ResolvedColumn, names: Names): Value {
  const value = resolveOutput(parseOutputCell(text), column.type, names);
  if (!isAllowed(column, value)) throw new CellFault(`${text} is not among the allowed values`);
  return value;
}

function compileColumn(column: ResolvedColumn, texts: readonly CellText[], scope: ColumnScope): ModelColumn {
  const { name, type } = column;
  const attempt = <T>(row: string, work: () => T) => guarded({ row, column: name }, scope.report, work);
  const any: ResolvedCell = { kind: "any" };
  const resolved = texts.map(
    ({ row, text }) =>
      attempt(row, () => resolveCell(parseCell(text), { ...scope, column: name, type })) ?? any,
  );
  const coding = codeColumn(type, resolved.flatMap(stringsOf));
  const domain = domainOf(column, coding);
  const cells = resolved.map(
    (cell, at): CompiledCell =>
      attempt(texts[at]!.row, () => confined(compileCell(cell, coding), domain)) ?? { kind: "any" },
  );
  return { cells, index: indexColumn(coding, domain, cells) };
}

// A cell that no allowed value can meet is a mistake, not a row that happens never to apply.
function confined(cell: CompiledCell, domain: readonly CodeRange[]): CompiledCell {
  if (cell.kind !== "set") return cell;
  const ranges = intersect(cell.set.ranges, domain);
  if (ranges.length === 0 && !cell.set.hasNull)
    throw new CellFault("the cell lies outside the allowed values");
  return { kind: "set", set: { ranges, hasNull: cell.set.hasNull } };
}

function guarded<T>(place: { row: string; column: string }, report: Report, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    report({ ...place, message: error.message });
    return undefined;
  }
}
