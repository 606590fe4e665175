/** Selections over the hub's schema that nobody has asked for before: random fields under random names. */
import { getNamedType, isLeafType, isObjectType, type GraphQLField, type GraphQLObjectType } from "graphql";
import type { Chance } from "../../../gateway/cli/generate/random";

const DEPTH_MAX = 4;
const FIELDS_MAX = 4;
const NAMES = 1_000_000;

const needsNoArgument = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.every(({ type, defaultValue }) => !String(type).endsWith("!") || defaultValue !== undefined);

const isBranch = ({ type }: GraphQLField<unknown, unknown>): boolean => isObjectType(getNamedType(type));

/** A selection set on a type; each field has an alias of its own, so that the text is new nearly every time. */
export function drawSelection(type: GraphQLObjectType, chance: Chance, depth = 0): string {
  const fields = Object.values(type.getFields()).filter(needsNoArgument);
  const usable = depth < DEPTH_MAX ? fields : fields.filter((field) => !isBranch(field));
  const count = chance.between(1, FIELDS_MAX);
  const drawn = Array.from({ length: usable.length > 0 ? count : 0 }, () => {
    const field = chance.pick(usable);
    const named = getNamedType(field.type);
    const alias = `a${chance.between(0, NAMES)}`;
    if (isLeafType(named)) return `${alias}: ${field.name}`;
    if (!isObjectType(named)) return `${alias}: __typename`;
    return `${alias}: ${field.name} ${drawSelection(named, chance, depth + 1)}`;
  });
  return `{ __typename ${drawn.join(" ")} }`;
}
