/**
 * What the planner is given: the same operation, said so that it cannot misunderstand it. `@skip` and `@include` are
 * decided (a plan is made for each combination of their variables that is really asked for: it is smaller, and the planner
 * reorders mutations below conditional fragments), selection sets that this empties ask for `__typename`, and `__typename`
 * has no alias (the answer's aliases are the projection's affair, and the plain key is what tells types apart).
 */
import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Variables } from "./variables";

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Undefined when the operation then asks for nothing at its root: no plan is needed. */
export function toPlannable(document: DocumentNode, variables: Variables): DocumentNode | undefined {
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
  return asksForData ? simplified : undefined;
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
