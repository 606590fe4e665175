/** Which fields of a record an operation asks for, so that only their tables are read. */
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

type Fragments = GraphQLResolveInfo["fragments"];

// An operation is compiled once, so its nodes are the same objects for every enterprise and every request.
const namesByNodes = new WeakMap<object, ReadonlySet<string>>();

function collect(selectionSet: SelectionSetNode | undefined, fragments: Fragments, names: Set<string>): void {
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === "Field") names.add(selection.name.value);
    else if (selection.kind === "InlineFragment") collect(selection.selectionSet, fragments, names);
    else collect(fragments[selection.name.value]?.selectionSet, fragments, names);
  }
}

/** The names of the fields asked for directly below this one; a field under `@skip` or `@include` counts as asked for. */
export function selectedFields({
  fieldNodes,
  fragments,
}: {
  readonly fieldNodes: readonly FieldNode[];
  readonly fragments: Fragments;
}): ReadonlySet<string> {
  const cached = namesByNodes.get(fieldNodes);
  if (cached) return cached;
  const names = new Set<string>();
  for (const node of fieldNodes) collect(node.selectionSet, fragments, names);
  namesByNodes.set(fieldNodes, names);
  return names;
}
