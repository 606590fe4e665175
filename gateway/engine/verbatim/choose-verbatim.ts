/**
 * Decides, once per plan, which fetches' answers are read verbatim: those whose every object and list has one reader who takes
 * it whole. The reader is the caller, or one other fetch that sends it on in its representations.
 */
import { Kind, parse, type FieldNode } from "graphql";
import { dottedPath } from "../flatten-path";
import { readPaths, writtenPaths, type EntityLookup, type PlannedFetch } from "../compile-plan";
import type { ReadAnswer, Transport } from "../contract";
import { exactLeaf, exactOrNull, type Exact } from "../exact-answer";
import { leafOf } from "../leaf";
import type { AskedPart } from "../project";
import { compileRequired, exactRequired } from "../required-shape";
import type { SelectionTree } from "../selection-tree";
import type { SupergraphTypes } from "../supergraph-types";
import { compileEntityReader, type EntityField } from "./read-entities";
import { scanString, type Scan } from "./scan";
import type { VerbatimPlaces } from "./write";

/** A plan and who reads what it brings. */
export interface VerbatimSetting {
  readonly planned: readonly PlannedFetch[];
  /** What the caller asks for at the root. */
  readonly asked: AskedPart;
  readonly types: SupergraphTypes;
  readonly transportOf: (subgraph: string) => Transport;
  /** Gets the places at which the caller is given verbatim parts. */
  readonly places: VerbatimPlaces;
}

/** The reader of a fetch's answers, given the text that it sends; undefined when they are parsed. */
export function chooseReader(
  fetch: PlannedFetch,
  operation: string,
  setting: VerbatimSetting,
): ReadAnswer | undefined {
  const { types, transportOf } = setting;
  const [lookup, ...others] = fetch.lookups;
  const place = lookup && others.length === 0 ? plainPlace(lookup) : undefined;
  const selection = place === undefined ? undefined : plainSelection(operation);
  const { readsBytes } = transportOf(fetch.node.serviceName);
  if (!lookup || place === undefined || !selection || !readsBytes || types.hasInterfaceObjects)
    return undefined;
  const fields = selection.fields.map((node) =>
    toEntityField(node, { fetch, lookup, place, typeName: selection.typeName, setting }),
  );
  const known = fields.filter((field) => field !== undefined);
  if (known.length < fields.length) return undefined;
  for (const { shownAt } of known) if (shownAt !== undefined) addPlace(setting.places, shownAt);
  return compileEntityReader(known);
}

function addPlace(places: VerbatimPlaces, at: string): void {
  let below = places;
  for (const key of at.split(".")) {
    if (!below.has(key)) below.set(key, new Map());
    below = below.get(key)!;
  }
}

/** Where the entities are; undefined where they are in several places, or renamed. */
function plainPlace(lookup: EntityLookup): string | undefined {
  const [path, ...others] = lookup.paths;
  const isPlain =
    path?.every((segment) => segment === "@" || "Field" in segment) === true &&
    others.length === 0 &&
    lookup.responseKey === "_entities" &&
    !lookup.outputRewrites?.length &&
    !lookup.inputRewrites?.length;
  return isPlain ? dottedPath(path) : undefined;
}

interface PlainSelection {
  readonly typeName: string;
  readonly fields: readonly FieldNode[];
}

/** The fields of an operation that asks for entities of one type, without conditions. */
function plainSelection(operation: string): PlainSelection | undefined {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  const [root, ...otherRoots] = definition.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || otherRoots.length > 0) return undefined;
  const [fragment, ...otherFragments] = root.selectionSet?.selections ?? [];
  if (fragment?.kind !== Kind.INLINE_FRAGMENT || otherFragments.length > 0) return undefined;
  const { selections } = fragment.selectionSet;
  const fields = selections.filter((selection) => selection.kind === Kind.FIELD);
  const isPlain = fields.every((field) => !field.directives?.length && keyOf(field) !== "__proto__");
  const typeName = fragment.typeCondition?.name.value;
  return typeName !== undefined && isPlain && fields.length === selections.length
    ? { typeName, fields }
    : undefined;
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** A field, and where the caller is shown it verbatim. */
interface BroughtField extends EntityField {
  readonly shownAt: string | undefined;
}

interface Brought {
  readonly fetch: PlannedFetch;
  readonly lookup: EntityLookup;
  readonly place: string;
  readonly typeName: string;
  readonly setting: VerbatimSetting;
}

function toEntityField(node: FieldNode, brought: Brought): BroughtField | undefined {
  const { lookup, typeName, setting } = brought;
  const key = keyOf(node);
  const { types } = setting;
  if (node.name.value === "__typename") return toLeaf(key, scanString);
  if (node.selectionSet) {
    const tree = lookup.selected.get(key)?.children;
    const taken = tree && takenBySoleReader(key, tree, brought);
    return taken?.exact && { key, isLeaf: false, scan: taken.exact.scan, shownAt: taken.shownAt };
  }
  const type = types.fieldType(typeName, node.name.value);
  const bare = type?.kind === Kind.NON_NULL_TYPE ? type.type : type;
  if (bare?.kind !== Kind.NAMED_TYPE) return undefined;
  const exact = exactOrNull(exactLeaf(leafOf(bare.name.value, types)));
  return exact && toLeaf(key, exact.scan);
}

function toLeaf(key: string, scan: Scan): BroughtField {
  return { key, isLeaf: true, scan, shownAt: undefined };
}

interface Taken {
  readonly exact: Exact | undefined;
  readonly shownAt: string | undefined;
}

/** What the only reader of an object or list takes; undefined when there are several, or none that takes it whole. */
function takenBySoleReader(key: string, tree: SelectionTree, brought: Brought): Taken | undefined {
  const { fetch, place, setting } = brought;
  const at = place === "" ? key : `${place}.${key}`;
  const others = setting.planned.filter((other) => other !== fetch);
  if (others.some((other) => touches([...writtenPaths(other).keys()], at))) return undefined;
  const senders = others.filter((other) => touches([...readPaths(other)], at));
  const asked = findAsked(setting.asked, at);
  const [sender, ...more] = senders;
  if (!sender) return asked === "nothing" ? undefined : { exact: asked?.exact, shownAt: at };
  return asked === "nothing" && more.length === 0
    ? { exact: takenBySender(sender, { key, tree, brought }), shownAt: undefined }
    : undefined;
}

function touches(paths: readonly string[], at: string): boolean {
  return paths.some((path) => path === at || path.startsWith(`${at}.`));
}

/** What the caller asks for at a place: a list's items count as the list. */
function findAsked(root: AskedPart, at: string): AskedPart | "nothing" | undefined {
  let part: AskedPart | "nothing" | undefined = root;
  for (const key of at.split(".")) {
    if (part === undefined || part === "nothing") return part;
    part = part.below(key);
  }
  return part;
}

interface Sent {
  readonly key: string;
  readonly tree: SelectionTree;
  readonly brought: Brought;
}

/** What a fetch's representations take of it, if they stand for the same objects and whoever gets them takes it so. */
function takenBySender(sender: PlannedFetch, { key, tree, brought }: Sent): Exact | undefined {
  const { place, typeName, setting } = brought;
  const { types, transportOf } = setting;
  const [lookup, ...others] = sender.lookups;
  const isPlain = lookup && others.length === 0 && plainPlace(lookup) === place;
  const [fragment, ...otherFragments] = lookup?.requires ?? [];
  const { readsBytes, takesVerbatim } = transportOf(sender.node.serviceName);
  if (!isPlain || !(readsBytes || takesVerbatim)) return undefined;
  if (fragment?.kind !== "InlineFragment" || fragment.typeCondition !== typeName) return undefined;
  if (otherFragments.length > 0) return undefined;
  // Keys are compared with one another and with what comes back.
  if (types.keyFields(typeName, sender.node.serviceName).has(key)) return undefined;
  const field = compileRequired(lookup.requires, typeName, types)
    .fieldsOf(typeName)
    .find(({ source }) => source === key);
  return field && exactRequired(field.value, tree);
}
