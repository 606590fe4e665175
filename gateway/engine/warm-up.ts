/** An operation made from the schema alone: preparing and planning it once spares the first caller the cold code. */
import {
  getNamedType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

const DEPTH_MAX = 2;
const FIELDS_MAX = 150;

/** A query of one root field and much of what lies below it. Undefined when no root field gives an object. */
export function sampleQuery(schema: GraphQLSchema): string | undefined {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const root = fields.find(({ type }) => isObjectType(getNamedType(type)));
  if (!root) return undefined;
  const variables = root.args.map(({ name, type }) => `$${name}: ${String(type)}`);
  const given = root.args.map(({ name }) => `${name}: $${name}`);
  const left = { fields: FIELDS_MAX };
  const selection = select(getNamedType(root.type) as GraphQLObjectType, DEPTH_MAX, left);
  const list = (items: readonly string[]) => (items.length === 0 ? "" : `(${items.join(", ")})`);
  return `query Sample${list(variables)} { ${root.name}${list(given)} ${selection} }`;
}

function select(type: GraphQLObjectType, depth: number, left: { fields: number }): string {
  const parts = ["__typename"];
  for (const field of Object.values(type.getFields())) {
    if (left.fields <= 0) break;
    if (
      field.args.some(
        ({ type: argument, defaultValue }) => isNonNullType(argument) && defaultValue === undefined,
      )
    )
      continue;
    const part = selectField(field, depth, left);
    if (part !== undefined) parts.push(part);
  }
  return `{ ${parts.join(" ")} }`;
}

function selectField(
  { name, type }: GraphQLField<unknown, unknown>,
  depth: number,
  left: { fields: number },
): string | undefined {
  const named = getNamedType(type);
  left.fields--;
  if (isObjectType(named)) return depth > 0 ? `${name} ${select(named, depth - 1, left)}` : undefined;
  return "getFields" in named || "getTypes" in named ? undefined : name;
}
