/** Draws operations over a schema: aliases, fragments, conditions, variables, literals of every kind. */
import fc, { type GeneratorValue } from "fast-check";
import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from "graphql";

/** An operation with the values of its variables. */
export interface DrawnOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Drawing {
  readonly schema: GraphQLSchema;
  readonly draw: GeneratorValue;
  readonly variables: Record<string, unknown>;
  readonly definitions: string[];
  readonly fragments: string[];
  names: number;
}

const DEPTH_MAX = 4;

/** Draws one operation; it may still be invalid where names collide. */
export function drawOperation(schema: GraphQLSchema, draw: GeneratorValue): DrawnOperation {
  const drawing: Drawing = { schema, draw, variables: {}, definitions: [], fragments: [], names: 0 };
  const isMutation = chance(drawing, 15);
  const root = isMutation ? schema.getMutationType()! : schema.getQueryType()!;
  const selections = drawSelections(root, 0, drawing);
  const heading = drawing.definitions.length > 0 ? `(${drawing.definitions.join(" ")})` : "";
  const query = [
    `${isMutation ? "mutation" : "query"} Drawn${heading} ${selections}`,
    ...drawing.fragments,
  ].join("\n");
  return { query, variables: drawing.variables };
}

function chance({ draw }: Drawing, percent: number): boolean {
  return draw(fc.integer, { min: 0, max: 99 }) < percent;
}

function pick<T>({ draw }: Drawing, from: readonly T[]): T {
  return from[draw(fc.integer, { min: 0, max: from.length - 1 })]!;
}

function drawSelections(type: GraphQLCompositeType, depth: number, drawing: Drawing): string {
  const count = drawing.draw(fc.integer, { min: 1, max: depth === 0 ? 3 : 4 });
  const selections = Array.from({ length: count }, () => drawSelection(type, depth, drawing));
  return `{ ${selections.join(" ")} }`;
}

function drawSelection(type: GraphQLCompositeType, depth: number, drawing: Drawing): string {
  const canHaveFields = "getFields" in type;
  if (!canHaveFields || chance(drawing, 15)) return drawFragment(type, depth, drawing);
  if (chance(drawing, 8)) return drawAlias(drawing) + "__typename";
  const fields = Object.values(type.getFields()).filter(
    (field) => depth < DEPTH_MAX || isLeafType(getNamedType(field.type)),
  );
  if (fields.length === 0) return "__typename";
  return drawField(pick(drawing, fields), depth, drawing);
}

function drawField(field: GraphQLField<unknown, unknown>, depth: number, drawing: Drawing): string {
  const args = field.args.flatMap((argument) => drawArgument(argument, drawing));
  const alias = field.args.length > 0 || chance(drawing, 20) ? `a${drawing.names++}: ` : "";
  const named = getNamedType(field.type);
  const inner = isLeafType(named)
    ? ""
    : " " + drawSelections(named as GraphQLCompositeType, depth + 1, drawing);
  return `${alias}${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${drawConditions(drawing)}${inner}`;
}

function drawAlias(drawing: Drawing): string {
  return chance(drawing, 50) ? `t${drawing.names++}: ` : "";
}

function drawFragment(type: GraphQLCompositeType, depth: number, drawing: Drawing): string {
  const { schema } = drawing;
  const candidates = isAbstractType(type)
    ? [type, ...schema.getPossibleTypes(type)]
    : [type, ...(isObjectType(type) ? type.getInterfaces() : [])];
  const target = pick(drawing, candidates);
  if (isAbstractType(target) && !("getFields" in target)) return `... on ${target.name} { __typename }`;
  const inner = drawSelections(target, depth + 1, drawing);
  if (!chance(drawing, 30)) return `... on ${target.name}${drawConditions(drawing)} ${inner}`;
  const name = `F${drawing.names++}`;
  drawing.fragments.push(`fragment ${name} on ${target.name} ${inner}`);
  return `...${name}${drawConditions(drawing)}`;
}

function drawConditions(drawing: Drawing): string {
  const one = (name: string) =>
    ` @${name}(if: ${chance(drawing, 50) ? String(chance(drawing, 60)) : drawFlag(drawing)})`;
  if (!chance(drawing, 12)) return "";
  return (chance(drawing, 70) ? one("include") : "") + (chance(drawing, 40) ? one("skip") : "");
}

function drawFlag(drawing: Drawing): string {
  const name = `c${drawing.names++}`;
  const hasDefault = chance(drawing, 30);
  drawing.definitions.push(`$${name}: Boolean${hasDefault ? " = true" : "!"}`);
  if (!hasDefault || chance(drawing, 50)) drawing.variables[name] = chance(drawing, 60);
  return `$${name}`;
}

function drawArgument(argument: GraphQLArgument, drawing: Drawing): readonly string[] {
  const isRequired = isNonNullType(argument.type) && argument.defaultValue === undefined;
  if (!isRequired && chance(drawing, 50)) return [];
  if (chance(drawing, 50))
    return [`${argument.name}: ${toLiteral(drawInput(argument.type, 0, drawing), argument.type)}`];
  const name = `v${drawing.names++}`;
  drawing.definitions.push(`$${name}: ${String(argument.type)}`);
  if (isNonNullType(argument.type) || chance(drawing, 80))
    drawing.variables[name] = drawInput(argument.type, 0, drawing);
  return [`${argument.name}: $${name}`];
}

function drawInput(type: GraphQLInputType, depth: number, drawing: Drawing): unknown {
  if (isNonNullType(type))
    return (
      drawInput(type.ofType as GraphQLInputType, depth, drawing) ??
      drawLeaf(type.ofType as GraphQLInputType, drawing)
    );
  if (chance(drawing, 10)) return null;
  if (isListType(type)) {
    const length = drawing.draw(fc.integer, { min: 0, max: 2 });
    return Array.from({ length }, () => drawInput(type.ofType, depth, drawing));
  }
  if (!isInputObjectType(type)) return drawLeaf(type, drawing);
  const fields = Object.values(type.getFields()).filter(() => depth < 2 && chance(drawing, 40));
  return Object.fromEntries(fields.map((field) => [field.name, drawInput(field.type, depth + 1, drawing)]));
}

function drawLeaf(type: GraphQLInputType, drawing: Drawing): unknown {
  if (isListType(type)) return [];
  if (isEnumType(type)) return pick(drawing, type.getValues()).name;
  const number = drawing.draw(fc.integer, { min: 0, max: 8 });
  const named = getNamedType(type).name;
  if (named === "Int") return number;
  if (named === "Boolean") return number % 2 === 0;
  return named === "ID" ? String(number) : pick(drawing, ["x", "", 'q"uote', "línea\n2"]);
}

function toLiteral(value: unknown, type: GraphQLInputType): string {
  const bare = isNonNullType(type) ? (type.ofType as GraphQLInputType) : type;
  if (value === null) return "null";
  if (Array.isArray(value) && isListType(bare))
    return `[${value.map((item) => toLiteral(item, bare.ofType)).join(", ")}]`;
  if (isInputObjectType(bare))
    return `{${Object.entries(value as object)
      .map(([name, inner]) => `${name}: ${toLiteral(inner, bare.getFields()[name]!.type)}`)
      .join(", ")}}`;
  return isEnumType(bare) ? String(value) : JSON.stringify(value);
}
