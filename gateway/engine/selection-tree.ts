/** What a fetch writes into the answer: the response keys of its operation, all types of a place taken together. */
import {
  Kind,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type TypeNode,
} from "graphql";
import type { OutputRewrite } from "@graphql-hive/router-query-planner";
import type { SupergraphTypes } from "./supergraph-types";

/** One response key. */
export interface SelectedField {
  /** True when every object of the place gets it: no type condition, `@skip` or `@include` stands above it. */
  always: boolean;
  /** Undefined for a leaf: its value is never merged with another, whatever it is. */
  readonly children: SelectionTree | undefined;
  /** Of `__typename`: the type of the place. An object that says no more is known as an interface object only. */
  readonly declaredType?: string | undefined;
}

/** Response keys of one place. */
export type SelectionTree = Map<string, SelectedField>;

interface Place {
  /** Undefined for `_entities`: its objects have the type of the fragment they are selected by. */
  readonly typeName: string | undefined;
  readonly always: boolean;
  readonly tree: SelectionTree;
}

/** Reads the operation that a plan sends to a subgraph. */
export function readSelectionTree(operation: string, types: SupergraphTypes): SelectionTree {
  const document = parse(operation, { noLocation: true });
  const definition = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const tree: SelectionTree = new Map();
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return tree;
  const typeName = types.rootType(definition.operation);
  readSelections(
    definition.selectionSet,
    { typeName, always: true, tree },
    { types, fragments: fragmentsOf(document) },
  );
  return tree;
}

/** Adds the names that the plan's output rewrites give to keys; the old names stay, to be harmless. */
export function renameInTree(tree: SelectionTree, rewrites: readonly OutputRewrite[]): void {
  for (const rewrite of rewrites) {
    if (!("KeyRenamer" in rewrite)) continue;
    const keys = rewrite.KeyRenamer.path.flatMap((segment) => ("Key" in segment ? [segment.Key] : []));
    let place: SelectionTree | undefined = tree;
    for (const key of keys.slice(0, -1)) place = place?.get(key)?.children;
    const renamed = place?.get(keys.at(-1) ?? "");
    const { renameKeyTo } = rewrite.KeyRenamer;
    const present = place?.get(renameKeyTo);
    if (renamed && !present) place?.set(renameKeyTo, { always: false, children: renamed.children });
  }
}

interface Reading {
  readonly types: SupergraphTypes;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
}

function readSelections(set: SelectionSetNode, place: Place, reading: Reading): void {
  const isOnlyOne = set.selections.length === 1;
  for (const selection of set.selections) {
    const always = place.always && !selection.directives?.length;
    if (selection.kind === Kind.FIELD) {
      const { name, alias, selectionSet } = selection;
      const key = alias?.value ?? name.value;
      const present = place.tree.get(key);
      const children = selectionSet && new Map<string, SelectedField>();
      const declaredType = name.value === "__typename" ? place.typeName : undefined;
      const field = present ?? { always, children, ...(declaredType !== undefined && { declaredType }) };
      field.always ||= always;
      place.tree.set(key, field);
      if (!selectionSet || !field.children) continue;
      const typeName = namedType(place.typeName && reading.types.fieldType(place.typeName, name.value));
      readSelections(selectionSet, { typeName, always: true, tree: field.children }, reading);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : reading.fragments.get(selection.name.value);
    if (!fragment) continue;
    const typeName = fragment.typeCondition?.name.value ?? place.typeName;
    const covers = typeName === place.typeName || (place.typeName === undefined && isOnlyOne);
    readSelections(fragment.selectionSet, { typeName, always: always && covers, tree: place.tree }, reading);
  }
}

function namedType(type: TypeNode | undefined | ""): string | undefined {
  if (!type) return undefined;
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
