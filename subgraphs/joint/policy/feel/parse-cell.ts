/**
 * Reads the text of a cell with the lezer-feel grammar and keeps what lies in the profile: S-FEEL unary tests (DMN 1.3,
 * section 9) for input cells, one literal or name for output cells. Whatever else the grammar accepts is refused by name.
 */
import { parser } from "lezer-feel";
import { isDay } from "../calendar/dates";

/** A cell longer than this is refused unread. */
export const CELL_CHARACTERS_MAX = 1000;

/** What one side of a comparison is, before it meets the type of its column. */
export type Operand =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "date"; readonly value: string }
  /** `text` is a plain decimal, so that no digit is lost before the column's scale is known. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "null" }
  | { readonly kind: "name"; readonly name: string };

/** A comparison operator of S-FEEL. */
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** One positive unary test. */
export type PositiveTest =
  | { readonly kind: "compare"; readonly operator: Operator; readonly operand: Operand }
  | {
      readonly kind: "range";
      readonly low: Operand;
      readonly high: Operand;
      readonly lowOpen: boolean;
      readonly highOpen: boolean;
    };

/** A whole input cell; the tests of a list are alternatives. */
export type ParsedCell =
  | { readonly kind: "any" }
  | { readonly kind: "tests"; readonly negated: boolean; readonly tests: readonly PositiveTest[] };

/** Why a cell is refused; the caller adds the place. */
export class CellFault extends Error {}

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

const unaryTestsParser = parser.configure({ top: "UnaryTests" });
const expressionParser = parser.configure({ top: "Expression" });
const OPERATORS: ReadonlySet<string> = new Set<Operator>(["=", "!=", "<", "<=", ">", ">="]);

/** Parses an input cell. An empty cell means any value, as Camunda Modeler writes it. Throws CellFault. */
export function parseCell(text: string): ParsedCell {
  const cell = bounded(text);
  if (cell === "" || cell === "-") return { kind: "any" };
  const tree = unaryTestsParser.parse(cell).topNode;
  refuseErrors(tree, cell);
  const [first, ...rest] = children(tree);
  if (first?.name === "not" && rest.length === 3) {
    return { kind: "tests", negated: true, tests: readTests(rest[1]!, cell) };
  }
  if (first?.name !== "PositiveUnaryTests" || rest.length > 0) throw outside(first ?? tree, cell);
  return { kind: "tests", negated: false, tests: readTests(first, cell) };
}

/** Parses an output cell: one literal or one name. Throws CellFault. */
export function parseOutputCell(text: string): Operand {
  const cell = bounded(text);
  if (cell === "") throw new CellFault("an output cell is empty; write null if no value is meant");
  const tree = expressionParser.parse(cell).topNode;
  refuseErrors(tree, cell);
  const nodes = children(tree);
  if (nodes.length !== 1) throw outside(tree, cell);
  return readOperand(nodes[0]!, cell);
}

function bounded(text: string): string {
  if (text.length > CELL_CHARACTERS_MAX) {
    throw new CellFault(`the cell has ${text.length} characters; at most ${CELL_CHARACTERS_MAX} are read`);
  }
  return text.trim();
}

function refuseErrors(tree: SyntaxNode, cell: string): void {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError)
      throw new CellFault(`'${cell}' is not S-FEEL: fault at character ${cursor.from + 1}`);
  } while (cursor.next());
}

function readTests(node: SyntaxNode, cell: string): PositiveTest[] {
  if (node.name !== "PositiveUnaryTests") throw outside(node, cell);
  return children(node).map((test) => readTest(only(test, cell), cell));
}

function readTest(node: SyntaxNode, cell: string): PositiveTest {
  if (node.name !== "SimplePositiveUnaryTest") {
    return { kind: "compare", operator: "=", operand: readOperand(node, cell) };
  }
  const [first, second, ...more] = children(node);
  if (first?.name === "Interval" && second === undefined) return readRange(first, cell);
  if (first?.name !== "CompareOp" || second === undefined || more.length > 0) throw outside(node, cell);
  const operator = source(first, cell);
  if (!OPERATORS.has(operator)) throw outside(first, cell);
  return { kind: "compare", operator: operator as Operator, operand: readOperand(second, cell) };
}

function readRange(node: SyntaxNode, cell: string): PositiveTest {
  const [open, low, high, close, ...more] = children(node);
  if (!open || !low || !high || !close || more.length > 0) throw outside(node, cell);
  return {
    kind: "range",
    low: readOperand(low, cell),
    high: readOperand(high, cell),
    lowOpen: source(open, cell) !== "[",
    highOpen: source(close, cell) !== "]",
  };
}

function readOperand(node: SyntaxNode, cell: string): Operand {
  const text = source(node, cell);
  if (node.name === "StringLiteral") return { kind: "string", value: readString(text) };
  if (node.name === "BooleanLiteral") return { kind: "boolean", value: text === "true" };
  if (node.name === "null") return { kind: "null" };
  if (node.name === "VariableName") return { kind: "name", name: text.replace(/\s+/g, " ") };
  if (node.name === "DateTimeLiteral") return readDate(node, cell);
  if (node.name !== "NumericLiteral") throw outside(node, cell);
  const number = text.replace(/^-\s+/, "-");
  if (!/^-?(\d+(\.\d+)?|\.\d+)$/.test(number)) throw new CellFault(`'${text}' is not a plain decimal number`);
  return { kind: "number", text: number };
}

function readDate(node: SyntaxNode, cell: string): Operand {
  const text = source(node, cell);
  const day = /^(?:date\s*\(\s*"([^"]*)"\s*\)|@\s*"([^"]*)")$/.exec(text);
  if (!day) throw new CellFault(`'${text}' is outside the profile; a date is written date("2019-01-31")`);
  const value = day[1] ?? day[2]!;
  if (!isDay(value)) throw new CellFault(`'${value}' is not a day of the calendar`);
  return { kind: "date", value };
}

function readString(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new CellFault(`${text} holds an escape or a control character that is not read`);
  }
}

function only(node: SyntaxNode, cell: string): SyntaxNode {
  const nodes = children(node);
  if (nodes.length !== 1) throw outside(node, cell);
  return nodes[0]!;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  // The dots of a range are a node in one build of lezer-feel 3.0.1 and none in the other.
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== "..") nodes.push(child);
  return nodes;
}

function source(node: SyntaxNode, cell: string): string {
  return cell.slice(node.from, node.to);
}

function outside(node: SyntaxNode, cell: string): CellFault {
  return new CellFault(`'${cell}' is outside the profile: ${node.name} is not read in a cell`);
}
