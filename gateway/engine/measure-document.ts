/** How large a document is with its fragments expanded, in time linear in its text. */
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";

/** The largest figure of any operation of the document; `directives` is of the whole document. */
export interface DocumentMeasure {
  readonly directives: number;
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly repeats: number;
  /** Whether `__schema` or `__type` is asked for anywhere. */
  readonly readsSchema: boolean;
}

interface SelectionMeasure {
  depth: number;
  introspectionDepth: number;
  fields: number;
  aliases: number;
  repeats: number;
  readonly keys: Map<string, number>;
}

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measured: Map<string, SelectionMeasure>;
  directives: number;
  readsSchema: boolean;
}

/** Measures a parsed document. A fragment inside itself and a fragment that is not there count nothing. */
export function measureDocument(document: DocumentNode): DocumentMeasure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const walk: Walk = { fragments, measured: new Map(), directives: 0, readsSchema: false };
  const largest = { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, rootFields: 0, repeats: 0 };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) measureFragment(definition.name.value, walk);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    walk.directives += definition.directives?.length ?? 0;
    for (const variable of definition.variableDefinitions ?? [])
      walk.directives += variable.directives?.length ?? 0;
    const measure = measureSelections(definition.selectionSet, walk);
    const rootFields = sum(measure.keys.values());
    for (const name of Object.keys(largest) as (keyof typeof largest)[])
      largest[name] = Math.max(largest[name], name === "rootFields" ? rootFields : measure[name]);
  }
  return { directives: walk.directives, ...largest, readsSchema: walk.readsSchema };
}

function measureSelections(set: SelectionSetNode, walk: Walk): SelectionMeasure {
  const total = emptyMeasure();
  for (const selection of set.selections) {
    walk.directives += selection.directives?.length ?? 0;
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet ? measureSelections(selection.selectionSet, walk) : emptyMeasure();
      const name = selection.name.value;
      const isIntrospection = name === "__schema" || name === "__type";
      walk.readsSchema ||= isIntrospection;
      add(total, inner);
      total.depth = Math.max(total.depth, 1 + (isIntrospection ? 0 : inner.depth));
      if (isIntrospection) total.introspectionDepth = Math.max(total.introspectionDepth, 1 + inner.depth);
      total.fields++;
      if (selection.alias) total.aliases++;
      countKey(total, { key: selection.alias?.value ?? name, times: 1 });
    } else {
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? measureSelections(selection.selectionSet, walk)
          : measureFragment(selection.name.value, walk);
      add(total, inner);
      total.depth = Math.max(total.depth, inner.depth);
      for (const [key, times] of inner.keys) countKey(total, { key, times });
    }
  }
  return total;
}

function measureFragment(name: string, walk: Walk): SelectionMeasure {
  const known = walk.measured.get(name);
  if (known) return known;
  const fragment = walk.fragments.get(name);
  walk.measured.set(name, emptyMeasure());
  if (!fragment) return emptyMeasure();
  walk.directives += fragment.directives?.length ?? 0;
  const measure = measureSelections(fragment.selectionSet, walk);
  walk.measured.set(name, measure);
  return measure;
}

/** Adds what stands below a selection; its depth and keys are for the caller to place. */
function add(total: SelectionMeasure, inner: SelectionMeasure): void {
  total.fields += inner.fields;
  total.aliases += inner.aliases;
  total.repeats = Math.max(total.repeats, inner.repeats);
  total.introspectionDepth = Math.max(total.introspectionDepth, inner.introspectionDepth);
}

function countKey(total: SelectionMeasure, { key, times }: { key: string; times: number }): void {
  const counted = (total.keys.get(key) ?? 0) + times;
  total.keys.set(key, counted);
  total.repeats = Math.max(total.repeats, counted);
}

function emptyMeasure(): SelectionMeasure {
  return { depth: 0, introspectionDepth: 0, fields: 0, aliases: 0, repeats: 0, keys: new Map() };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
