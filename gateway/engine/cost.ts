/**
 * What an operation would bring, in objects, before anything is asked. A list counts as many elements as its arguments
 * say (`first`, `last`, `limit`, or the length of a list argument), else as many as were measured (`listSizes`), else
 * `listSizeAssumed`; lists inside lists multiply.
 * The shape is compiled once per operation; a request only fills in the variables that bound a list.
 */
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import type { AnswerError } from "./contract";
import { exceeded, type MeasuredLimits } from "./limits";

/** Gives the error for these coerced variables, or null when the operation may run. */
export type CostCheck = (variables: Readonly<Record<string, unknown>>) => AnswerError | null;

type Variables = Readonly<Record<string, unknown>>;
/** A number, or what the variables say. */
type Size = number | ((variables: Variables) => number);

/** `fixed` objects, and for each list bounded by a variable its size times what an element brings. */
interface Cost {
  readonly fixed: number;
  readonly lists: readonly { readonly size: (variables: Variables) => number; readonly element: Cost }[];
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly limits: MeasuredLimits;
}

/**
 * Compiles the cost of one operation of a *validated* document that passed `checkDocument` (fragments are expanded in
 * full here, so circular or doubling ones must have been refused before).
 */
export function compileCost(
  schema: GraphQLSchema,
  { document, operation }: { document: DocumentNode; operation: OperationDefinitionNode },
  limits: MeasuredLimits,
): CostCheck {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const root = schema.getRootType(operation.operation);
  if (!root) return () => null;
  const cost = costOfSelections(
    operation.selectionSet,
    { parent: root, isRoot: true },
    { schema, fragments, limits },
  );
  const check = (measured: number) =>
    measured > limits.costMax ? exceeded("costMax", { allowed: limits.costMax, measured }) : null;
  if (cost.lists.length > 0) return (variables) => check(evaluate(cost, variables));
  const refusal = check(cost.fixed);
  return () => refusal;
}

interface Place {
  readonly parent: GraphQLNamedType;
  readonly isRoot: boolean;
  /** The size that the field above was asked for: `first` of a connection bounds its `edges`. */
  readonly sizeAbove?: Size | undefined;
}

function costOfSelections(set: SelectionSetNode, place: Place, walk: Walk): Cost {
  const costs = set.selections.map((selection): Cost => {
    if (selection.kind === Kind.FIELD) return costOfField(selection, place, walk);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    if (!fragment) return free;
    const condition = fragment.typeCondition && walk.schema.getType(fragment.typeCondition.name.value);
    return costOfSelections(fragment.selectionSet, condition ? { ...place, parent: condition } : place, walk);
  });
  return {
    fixed: costs.reduce((total, { fixed }) => total + fixed, 0),
    lists: costs.flatMap(({ lists }) => lists),
  };
}

function costOfField(node: FieldNode, place: Place, walk: Walk): Cost {
  const { parent } = place;
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
  const type = field && getNamedType(field.type);
  if (!field || !isCompositeType(type) || !node.selectionSet) return free;
  const asked = sizeAskedFor({ node, field }, walk.limits.listSizeAssumed);
  const isList = isListType(getNullableType(field.type));
  const inner = costOfSelections(
    node.selectionSet,
    { parent: type, isRoot: false, sizeAbove: isList ? undefined : asked },
    walk,
  );
  const element = { fixed: 1 + inner.fixed, lists: inner.lists };
  if (!isList) return element;
  const { listSizeAssumed, listSizes } = walk.limits;
  const assumed = listSizes?.[`${parent.name}.${field.name}`] ?? listSizeAssumed;
  const size = asked ?? place.sizeAbove ?? assumed;
  const cost = multiply(size, element);
  return place.isRoot ? { ...cost, fixed: cost.fixed + walk.limits.rootListCost } : cost;
}

function multiply(size: Size, element: Cost): Cost {
  if (typeof size === "function") return { fixed: 0, lists: [{ size, element }] };
  const lists = element.lists.map((list) => ({
    size: (variables: Variables) => size * list.size(variables),
    element: list.element,
  }));
  return { fixed: size * element.fixed, lists };
}

function evaluate(cost: Cost, variables: Variables): number {
  let total = cost.fixed;
  for (const { size, element } of cost.lists) total += size(variables) * evaluate(element, variables);
  return total;
}

const countArguments = new Set(["first", "last", "limit"]);

function sizeAskedFor(
  { node, field }: { node: FieldNode; field: GraphQLField<unknown, unknown> },
  listSizeAssumed: number,
): Size | undefined {
  for (const argument of field.args) {
    const isList = isListType(getNullableType(argument.type));
    if (!isList && !countArguments.has(argument.name)) continue;
    const value = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
    const size = value ? sizeOfValue(value, listSizeAssumed) : sizeOf(argument.defaultValue);
    if (size !== undefined) return size;
  }
  return undefined;
}

function sizeOfValue(value: ValueNode, listSizeAssumed: number): Size | undefined {
  if (value.kind === Kind.INT) return Math.max(0, Number(value.value));
  if (value.kind === Kind.LIST) return value.values.length;
  if (value.kind === Kind.VARIABLE)
    return (variables) => sizeOf(variables[value.name.value]) ?? listSizeAssumed;
  return undefined;
}

function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" && value >= 0 ? value : undefined;
}

const free: Cost = { fixed: 0, lists: [] };
