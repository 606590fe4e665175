/**
 * Entities say whom they are about. `_entities` is answered by position only (Apollo Federation subgraph specification,
 * "Resolving entities"): a subgraph that mixes up its batch would have one enterprise's facts shown as another's. So the
 * simple keys that were sent are asked for as well, and an entity that names another key is no answer.
 */
import { Kind, parse, print, stripIgnoredCharacters, type FieldNode, type InlineFragmentNode } from "graphql";
import type { EntityLookup } from "./compile-plan";
import { compileRequired } from "./required-shape";
import type { JsonObject } from "./run";
import type { SupergraphTypes } from "./supergraph-types";

/** The operation of a fetch with its keys asked for, and the names of these keys per lookup. */
export interface EchoedOperation {
  readonly text: string;
  readonly keysOf: ReadonlyMap<EntityLookup, readonly string[]>;
}

/**
 * Asks for the keys. Left out where the answer could mistake them for something else: a name that the selection or the
 * tree uses otherwise, an interface, a renamed type; for keys that a subgraph only knows from outside; and for keys that
 * may be null, which subgraphs write in several ways.
 */
export function askForKeys(
  operation: string,
  lookups: readonly EntityLookup[],
  place: { readonly subgraph: string; readonly types: SupergraphTypes },
): EchoedOperation {
  const document = parse(operation, { noLocation: true });
  const keysOf = new Map<EntityLookup, readonly string[]>();
  for (const lookup of lookups) {
    const typeName = typeOf(lookup);
    const fragment = typeName === undefined ? undefined : findFragment(document, lookup, typeName);
    if (typeName === undefined || !fragment) continue;
    const keys = simpleKeys(lookup, typeName, place).filter((name) => mayAskFor(fragment, name));
    keysOf.set(lookup, keys);
    const added = keys.filter((name) => !asksFor(fragment, name)).map(toField);
    const selections = [...fragment.selectionSet.selections, ...added];
    // The document is ours alone; graphql-js declares its nodes read-only.
    Object.assign(fragment.selectionSet, { selections });
  }
  return { text: stripIgnoredCharacters(print(document)), keysOf };
}

/** Whether an entity names the keys of the object it was asked for. One that leaves out a key that it was asked for does not. */
export function namesItself(entity: JsonObject, keys: readonly string[], target: JsonObject): boolean {
  for (const name of keys) {
    const echo = entity[name];
    if (echo === target[name]) continue;
    // An ID may be sent as a number and come back as text.
    if (echo === undefined || String(echo) !== String(target[name])) return false;
  }
  return true;
}

function typeOf({ requires, inputRewrites, outputRewrites }: EntityLookup): string | undefined {
  const [fragment, ...others] = requires;
  const isPlain = others.length === 0 && !inputRewrites?.length && !outputRewrites?.length;
  return isPlain && fragment?.kind === "InlineFragment" ? fragment.typeCondition : undefined;
}

function simpleKeys(
  { requires }: EntityLookup,
  typeName: string,
  { subgraph, types }: { readonly subgraph: string; readonly types: SupergraphTypes },
): readonly string[] {
  if (types.isAbstract(typeName)) return [];
  const keys = types.keyFields(typeName, subgraph);
  return compileRequired(requires, typeName, types)
    .fieldsOf(typeName)
    .filter(({ name, source, value }) => name === source && keys.has(name) && value.leaf && !value.nullable)
    .map(({ name }) => name)
    .filter((name) => !types.isExternal(typeName, subgraph, name));
}

function findFragment(
  { definitions: [operation] }: ReturnType<typeof parse>,
  { responseKey }: EntityLookup,
  typeName: string,
): InlineFragmentNode | undefined {
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const root = operation.selectionSet.selections.find(
    (selection) => selection.kind === Kind.FIELD && responseKeyOf(selection) === responseKey,
  );
  return (root as FieldNode | undefined)?.selectionSet?.selections.find(
    (selection) =>
      selection.kind === Kind.INLINE_FRAGMENT &&
      selection.typeCondition?.name.value === typeName &&
      !selection.directives?.length,
  ) as InlineFragmentNode | undefined;
}

function fieldsNamed({ selectionSet }: InlineFragmentNode, responseKey: string): readonly FieldNode[] {
  const fields = selectionSet.selections.filter((selection) => selection.kind === Kind.FIELD);
  return fields.filter((field) => responseKeyOf(field) === responseKey);
}

function mayAskFor(fragment: InlineFragmentNode, name: string): boolean {
  return fieldsNamed(fragment, name).every((field) => field.name.value === name);
}

function asksFor(fragment: InlineFragmentNode, name: string): boolean {
  return fieldsNamed(fragment, name).some(({ directives }) => !directives?.length);
}

function responseKeyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

function toField(name: string): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
}
