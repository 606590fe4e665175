/**
 * What the planner is given: the same operation, said so that it cannot misunderstand it. `@skip` and `@include` are
 * decided (a plan is made for each combination of their variables that is really asked for: it is smaller, and the planner
 * reorders mutations below conditional fragments), selection sets that this empties ask for `__typename`, and `__typename`
 * has no alias (the answer's aliases are the projection's affair, and the plain key is what tells types apart).
 */
import {
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Variables } from "./variables";

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Undefined when the operation then asks for nothing at its root: no plan is needed. */
export function toPlannable(
  document: DocumentNode,
  variables: Variables,
  schema: GraphQLSchema,
): DocumentNode | undefined {
  const simplify = (node: SelectionNode) => {
    if (isExcluded(node, variables)) return null;
    const directives = node.directives?.filter((directive) => !isCondition(directive)) ?? [];
    if (node.kind !== Kind.FIELD || node.name.value !== "__typename") return { ...node, directives };
    return { ...TYPE_NAME, directives };
  };
  const simplified: DocumentNode = visit(document, {
    Field: { enter: simplify },
    InlineFragment: { enter: simplify },
    FragmentSpread: { enter: simplify },
    SelectionSet: {
      leave: (set) => (set.selections.length === 0 ? { ...set, selections: [TYPE_NAME] } : undefined),
    },
  });
  const asksForData = simplified.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && hasFields(definition.selectionSet, simplified),
  );
  return asksForData ? withoutImpossible(simplified, schema) : undefined;
}

/** Where no fragment can apply to any object of a field, the planner would drop the field itself: it asks for the type. */
function withoutImpossible(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const asksAnything = (set: SelectionSetNode, types: ReadonlySet<string> | undefined): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return true;
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!inner) return false;
      const narrowed = intersect(
        types,
        typesOf(schema.getType(inner.typeCondition?.name.value ?? ""), schema),
      );
      return narrowed.size > 0 && asksAnything(inner.selectionSet, narrowed);
    });
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: ({ selectionSet, ...field }) => {
        const type = getNamedType(typeInfo.getType());
        if (!selectionSet || !type || asksAnything(selectionSet, typesOf(type, schema))) return undefined;
        const selections = [TYPE_NAME, ...selectionSet.selections];
        return { ...field, selectionSet: { ...selectionSet, selections } };
      },
    }),
  );
}

function typesOf(type: GraphQLNamedType | undefined, schema: GraphQLSchema): ReadonlySet<string> | undefined {
  if (!type) return undefined;
  return new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name]);
}

/** A fragment without a condition narrows nothing. */
function intersect(
  types: ReadonlySet<string> | undefined,
  others: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  return others && types ? new Set([...types].filter((name) => others.has(name))) : (types ?? new Set());
}

function hasFields(set: SelectionSetNode, document: DocumentNode): boolean {
  return set.selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value !== "__typename";
    if (selection.kind === Kind.INLINE_FRAGMENT) return hasFields(selection.selectionSet, document);
    const { value } = selection.name;
    return document.definitions.some(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === value &&
        hasFields(definition.selectionSet, document),
    );
  });
}

/** The variables that decide which selections count. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? directive.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Whether its own `@skip` or `@include` excludes a selection. */
export function isExcluded({ directives }: SelectionNode, variables: Variables): boolean {
  return directives?.some((directive) => isExcluding(directive, variables)) === true;
}

function isCondition({ name: { value } }: DirectiveNode): boolean {
  return value === "skip" || value === "include";
}

function isExcluding(directive: DirectiveNode, variables: Variables): boolean {
  if (!isCondition(directive)) return false;
  const value = directive.arguments?.[0]?.value;
  const decided =
    value?.kind === Kind.BOOLEAN ? value.value : value?.kind === Kind.VARIABLE && variables[value.name.value];
  return decided === (directive.name.value === "skip");
}
