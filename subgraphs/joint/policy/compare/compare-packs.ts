/** What differs between two packs: cell by cell in their tables, key by key in their scheme files. */
import type { Pack } from "../pack/pack";
import type { SourceColumn, SourceRow, TableSource } from "../table/table-source";

/** One difference. `before` is absent for what was added, `after` for what was removed. */
export interface Change {
  readonly table?: string;
  readonly row?: string;
  readonly column?: string;
  /** The key in `scheme.yaml`, for changes outside the tables: `parameters.fineFrom.value`. */
  readonly key?: string;
  readonly before?: string;
  readonly after?: string;
}

/** The changes that lead from one pack to the other, tables first, in the order of the files. */
export function comparePacks(before: Pack, after: Pack): readonly Change[] {
  const tables = (pack: Pack) =>
    new Map([...pack.tables.values()].flat().map((table) => [table.name, table]));
  const old = tables(before);
  const current = tables(after);
  const names = new Set([...old.keys(), ...current.keys()]);
  return [
    ...[...names].flatMap((table) => compareTables(table, old.get(table), current.get(table))),
    ...compareKeys(flatten(before.file), flatten(after.file)),
  ];
}

function compareTables(
  table: string,
  before: TableSource | undefined,
  after: TableSource | undefined,
): Change[] {
  if (!before || !after) {
    const whole = (source?: TableSource) => (source ? `${source.rows.length} rows` : undefined);
    return [{ table, before: whole(before), after: whole(after) }];
  }
  const policy = pair({ table, column: "hit policy" }, before.hitPolicy, after.hitPolicy);
  return [...policy, ...compareColumns(before, after), ...compareRows(before, after)];
}

function compareColumns(before: TableSource, after: TableSource): Change[] {
  const columns = ({ inputs, outputs }: TableSource) =>
    new Map([...inputs, ...outputs].map((column) => [column.name, describeColumn(column)]));
  const old = columns(before);
  const current = columns(after);
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((column) =>
    pair({ table: before.name, column }, old.get(column), current.get(column)),
  );
}

function describeColumn({ label, type, allowed }: SourceColumn): string {
  return [label, type && JSON.stringify(type), allowed].filter(Boolean).join(" ");
}

function compareRows(before: TableSource, after: TableSource): Change[] {
  const table = before.name;
  const rows = ({ rows }: TableSource) => new Map(rows.map((row) => [row.id, row]));
  const old = rows(before);
  const current = rows(after);
  const changes = [...new Set([...old.keys(), ...current.keys()])].flatMap((row): Change[] => {
    const cells = { before: cellsOf(before, old.get(row)), after: cellsOf(after, current.get(row)) };
    if (!cells.before) return [{ table, row, after: inWords(cells.after!) }];
    if (!cells.after) return [{ table, row, before: inWords(cells.before) }];
    const columns = new Set([...cells.before.keys(), ...cells.after.keys()]);
    return [...columns].flatMap((column) =>
      pair({ table, row, column }, cells.before!.get(column), cells.after!.get(column)),
    );
  });
  return [...changes, ...compareOrder(before, after)];
}

// The order of rows is law under FIRST and RULE ORDER, and the last resort under PRIORITY.
function compareOrder(before: TableSource, after: TableSource): Change[] {
  const kept = new Set(after.rows.map((row) => row.id));
  const old = before.rows.map((row) => row.id).filter((id) => kept.has(id));
  const current = after.rows.map((row) => row.id).filter((id) => old.includes(id));
  return pair({ table: before.name, column: "order of rows" }, old.join(" "), current.join(" "));
}

function cellsOf(
  { inputs, outputs }: TableSource,
  row: SourceRow | undefined,
): Map<string, string> | undefined {
  if (!row) return undefined;
  return new Map([
    ...inputs.map(({ name }, at): [string, string] => [name, row.inputs[at]!.trim() || "-"]),
    ...outputs.map(({ name }, at): [string, string] => [name, row.outputs[at]!.trim()]),
    ["legalBasis", row.legalBasis],
    ["zh", row.text.zh],
    ["en", row.text.en],
  ]);
}

function inWords(cells: ReadonlyMap<string, string>): string {
  return [...cells]
    .filter(([, text]) => text !== "-")
    .map(([name, text]) => `${name} ${text}`)
    .join(" | ");
}

function compareKeys(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, current] = [before.get(key), after.get(key)];
    return key.endsWith(ORDER) ? compareKept(key, old, current) : pair({ key }, old, current);
  });
}

// The order of states decides which is found; what was added or removed is told by itself.
function compareKept(key: string, before = "", after = ""): Change[] {
  const [old, current] = [before.split(BETWEEN), after.split(BETWEEN)];
  const kept = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => others.includes(name)).join(", ");
  return pair({ key }, kept(old, current), kept(current, old));
}

function pair(place: Change, before: string | undefined, after: string | undefined): Change[] {
  if (before === after) return [];
  return [{ ...place, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
}

// Leaves of the scheme file by their path. Tables are compared apart. A list of plain values is one leaf; of a list of parts, or
// of sentences, each goes by its own name, so that one that is put in between does not change all behind it.
function flatten(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, JSON.stringify(value) ?? ""]]);
  const below = (key: string): string => (path ? `${path}.${key}` : key);
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return new Map(entries.flatMap(([key, inner]) => [...flatten(inner, below(key))]));
  }
  const names = value.map(nameOfPart);
  if (names.includes(undefined)) return new Map([[path, JSON.stringify(value)]]);
  const keys = names.map((name, at) => numbered(name!, names.slice(0, at)));
  const order: [string, string][] = [[below(ORDER), keys.join(BETWEEN)]];
  return new Map([...value.flatMap((inner, at) => [...flatten(inner, below(keys[at]!))]), ...order]);
}

const ORDER = "(order)";
const BETWEEN = "\n";
const SENTENCE_CHARACTERS = 16;

function nameOfPart(part: unknown): string | undefined {
  if (typeof part === "string" && part.length > SENTENCE_CHARACTERS)
    return `${part.slice(0, SENTENCE_CHARACTERS)}…`;
  if (typeof part !== "object" || part === null) return undefined;
  const { name, state, step, file } = part as Readonly<Record<string, unknown>>;
  const own = [name, state, step, file].find((one) => typeof one === "string");
  return own as string | undefined;
}

// A state may stand twice in a procedure.
function numbered(name: string, before: readonly (string | undefined)[]): string {
  const alike = before.filter((other) => other === name).length;
  return alike === 0 ? name : `${name} (${alike + 1})`;
}
