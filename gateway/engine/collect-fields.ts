/** Collects the fields of selections as GraphQL does (specification, 6.3.2), once for all values of the variables. */
import {
  isAbstractType,
  Kind,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** Decides, by the request's coerced variables, whether a field is in the answer. Absent means always. */
export type Included = (variables: Readonly<Record<string, unknown>>) => boolean;

/** A selection set with the conditions under which its fields count. */
export interface ConditionedSet {
  readonly set: SelectionSetNode;
  readonly conditions: Conjunction;
}

/** All fields of one response key, merged. */
export interface CollectedField {
  readonly responseKey: string;
  readonly name: string;
  readonly included: Included | undefined;
  readonly selections: readonly ConditionedSet[];
}

/** An operation's surroundings. */
export interface CollectingFrom {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Variables with the values that they must have, all of them. */
type Conjunction = readonly { readonly variable: string; readonly wanted: boolean }[];

interface Gathered {
  readonly name: string;
  readonly conjunctions: Conjunction[];
  readonly selections: ConditionedSet[];
}

/**
 * The fields that selections ask of an object of this type, in the order of their first appearance. The type may be an
 * interface when nothing more exact is known of the object; then fragments on its implementations do not apply.
 */
export function collectFields(
  sets: readonly ConditionedSet[],
  type: GraphQLObjectType | GraphQLInterfaceType,
  from: CollectingFrom,
): readonly CollectedField[] {
  const gathered = new Map<string, Gathered>();
  for (const { set, conditions } of sets) gather(set, conditions, { type, from, gathered });
  return [...gathered].map(([responseKey, { name, conjunctions, selections }]) => ({
    responseKey,
    name,
    included: toIncluded(conjunctions),
    selections,
  }));
}

interface Gathering {
  readonly type: GraphQLObjectType | GraphQLInterfaceType;
  readonly from: CollectingFrom;
  readonly gathered: Map<string, Gathered>;
}

function gather(set: SelectionSetNode, above: Conjunction, to: Gathering): void {
  for (const selection of set.selections) {
    const conditions = conditionsOf(selection, above);
    if (!conditions) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const field = to.gathered.get(key) ?? { name: selection.name.value, conjunctions: [], selections: [] };
      to.gathered.set(key, field);
      field.conjunctions.push(conditions);
      if (selection.selectionSet) field.selections.push({ set: selection.selectionSet, conditions });
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : to.from.fragments.get(selection.name.value);
    if (fragment && applies(fragment.typeCondition?.name.value, to))
      gather(fragment.selectionSet, conditions, to);
  }
}

function applies(condition: string | undefined, { type, from: { schema } }: Gathering): boolean {
  if (condition === undefined || condition === type.name) return true;
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
}

/** The conditions of a selection on top of those above it; undefined when it is never included. */
function conditionsOf(selection: SelectionNode, above: Conjunction): Conjunction | undefined {
  if (!selection.directives || selection.directives.length === 0) return above;
  const conditions = [...above];
  for (const { name, arguments: [argument] = [] } of selection.directives) {
    if ((name.value !== "skip" && name.value !== "include") || !argument) continue;
    const wanted = name.value === "include";
    if (argument.value.kind === Kind.VARIABLE)
      conditions.push({ variable: argument.value.name.value, wanted });
    else if (argument.value.kind === Kind.BOOLEAN && argument.value.value !== wanted) return undefined;
  }
  return conditions;
}

function toIncluded(conjunctions: readonly Conjunction[]): Included | undefined {
  if (conjunctions.some((conjunction) => conjunction.length === 0)) return undefined;
  return (variables) =>
    conjunctions.some((conjunction) =>
      conjunction.every(({ variable, wanted }) => variables[variable] === wanted),
    );
}
