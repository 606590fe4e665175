/**
 * Turns a query plan into fetches that know what they wait for. The plan's Sequence and Parallel nodes only say what comes
 * before what; a fetch waits for those earlier fetches that write what it reads, and for no others. Mutations keep the
 * plan's order, because their root fields must run one after another.
 */
import type {
  BatchFetchNode,
  EntityBatchAlias,
  FetchNode,
  FlattenNodePathSegment,
  PlanNode,
  RequiresSelection,
} from "@graphql-hive/router-query-planner";
import { dottedPath } from "./flatten-path";
import { readSelectionTree, renameInTree, type SelectionTree } from "./selection-tree";
import type { SupergraphTypes } from "./supergraph-types";

/** A variable that must have this value for a fetch to be made. */
export interface Condition {
  readonly variable: string;
  readonly wanted: boolean;
}

/** One `_entities` field of a fetch: where its entities are, how they are represented, what it brings. */
export interface EntityLookup extends Omit<EntityBatchAlias, "alias"> {
  readonly responseKey: string;
  readonly selected: SelectionTree;
}

/** A fetch and its place in the graph of fetches. */
export interface PlannedFetch {
  readonly index: number;
  readonly node: FetchNode | BatchFetchNode;
  readonly conditions: readonly Condition[];
  readonly dependsOn: readonly number[];
  readonly selected: SelectionTree;
  /** Where the answer of a root fetch goes; empty for the root itself. */
  readonly path: readonly FlattenNodePathSegment[];
  /** Empty for a root fetch. */
  readonly lookups: readonly EntityLookup[];
}

/** Compiles a plan's node; `isMutation` keeps the order of the plan. */
export function compilePlan(
  node: PlanNode | undefined,
  isMutation: boolean,
  types: SupergraphTypes,
): readonly PlannedFetch[] {
  const compiling: Compiling = { fetches: [], writes: [], isMutation, types };
  if (node) visit(node, { before: [], conditions: [], path: [] }, compiling);
  return compiling.fetches;
}

interface Compiling {
  readonly fetches: PlannedFetch[];
  /** By fetch: the dotted paths it writes, and whether each object of the place gets them. */
  readonly writes: ReadonlyMap<string, boolean>[];
  readonly isMutation: boolean;
  readonly types: SupergraphTypes;
}

interface Place {
  /** The fetches that the plan puts before this one. */
  readonly before: readonly number[];
  readonly conditions: readonly Condition[];
  readonly path: readonly FlattenNodePathSegment[];
}

function visit(node: PlanNode, place: Place, compiling: Compiling): readonly number[] {
  switch (node.kind) {
    case "Sequence": {
      const made: number[] = [];
      for (const child of node.nodes)
        made.push(...visit(child, { ...place, before: [...place.before, ...made] }, compiling));
      return made;
    }
    case "Parallel":
      return node.nodes.flatMap((child) => visit(child, place, compiling));
    case "Flatten":
      return visit(node.node, { ...place, path: [...place.path, ...node.path] }, compiling);
    case "Condition":
      return [[node.ifClause, true] as const, [node.elseClause, false] as const].flatMap(
        ([clause, wanted]) => {
          if (!clause) return [];
          const conditions = [...place.conditions, { variable: node.condition, wanted }];
          return visit(clause, { ...place, conditions }, compiling);
        },
      );
    case "Fetch":
    case "BatchFetch":
      return [addFetch(node, place, compiling)];
    default:
      throw new Error(`The engine does not run ${node.kind} nodes here.`);
  }
}

function addFetch(node: FetchNode | BatchFetchNode, place: Place, compiling: Compiling): number {
  const selected = readSelectionTree(node.operation, compiling.types);
  const lookups = toLookups(node, place, selected);
  if (lookups.length === 0 && node.kind === "Fetch") renameInTree(selected, node.outputRewrites ?? []);
  const index = compiling.fetches.length;
  const fetch = { index, node, conditions: place.conditions, selected, path: place.path, lookups };
  const dependsOn = compiling.isMutation
    ? place.before
    : findDependencies(readPaths(fetch), place.before, compiling);
  compiling.fetches.push({ ...fetch, dependsOn });
  compiling.writes.push(writtenPaths(fetch));
  return index;
}

function toLookups(node: FetchNode | BatchFetchNode, place: Place, selected: SelectionTree): EntityLookup[] {
  const childrenOf = (key: string) => selected.get(key)?.children ?? new Map();
  const make = (lookup: Omit<EntityLookup, "selected">): EntityLookup => {
    const tree = childrenOf(lookup.responseKey);
    renameInTree(tree, lookup.outputRewrites ?? []);
    return { ...lookup, selected: tree };
  };
  if (node.kind === "BatchFetch")
    return node.entityBatch.aliases.map(({ alias, ...rest }) => make({ ...rest, responseKey: alias }));
  if (!node.requires) return [];
  return [
    make({
      responseKey: "_entities",
      representationsVariableName: "representations",
      paths: [[...place.path]],
      requires: node.requires,
      ...(node.inputRewrites && { inputRewrites: node.inputRewrites }),
      ...(node.outputRewrites && { outputRewrites: node.outputRewrites }),
    }),
  ];
}

type FetchShape = Pick<PlannedFetch, "lookups" | "path" | "selected">;

/** The dotted paths that a fetch writes, and whether each object of the place gets them. */
export function writtenPaths({ lookups, path, selected }: FetchShape): ReadonlyMap<string, boolean> {
  const written = new Map<string, boolean>();
  const write = (prefix: string, tree: SelectionTree) => {
    for (const [key, { always, children }] of tree) {
      const at = prefix === "" ? key : `${prefix}.${key}`;
      written.set(at, always || written.get(at) === true);
      if (children) write(at, children);
    }
  };
  if (lookups.length === 0) write(dottedPath(path), selected);
  for (const lookup of lookups) for (const at of lookup.paths) write(dottedPath(at), lookup.selected);
  return written;
}

/** Everything that must be there before a fetch can be made: the objects on the way, their types, what is required. */
export function readPaths({ lookups, path }: FetchShape): ReadonlySet<string> {
  const read = new Set<string>();
  for (const at of lookups.length === 0 ? [path] : lookups.flatMap(({ paths }) => paths))
    readPrefixes(at, read);
  for (const lookup of lookups)
    for (const at of lookup.paths) readRequired(lookup.requires, dottedPath(at), read);
  return read;
}

function readPrefixes(path: readonly FlattenNodePathSegment[], read: Set<string>): void {
  let prefix = "";
  for (const segment of path) {
    if (segment === "@") continue;
    if ("TypeCondition" in segment) read.add(join(prefix, "__typename"));
    else read.add((prefix = join(prefix, segment.Field)));
  }
}

function readRequired(selections: readonly RequiresSelection[], prefix: string, read: Set<string>): void {
  for (const selection of selections) {
    if (selection.kind === "InlineFragment") readRequired(selection.selections, prefix, read);
    if (selection.kind !== "Field") continue;
    const at = join(prefix, selection.name);
    read.add(at);
    readRequired(selection.selections ?? [], at, read);
  }
}

function join(prefix: string, key: string): string {
  return prefix === "" ? key : `${prefix}.${key}`;
}

function findDependencies(
  read: ReadonlySet<string>,
  before: readonly number[],
  { writes, types }: Compiling,
): readonly number[] {
  const needed = new Set<number>();
  const writersOf = (path: string) => before.filter((index) => writes[index]?.has(path));
  for (const path of read) {
    const writers = writersOf(path);
    const dot = path.lastIndexOf(".");
    const creators = dot < 0 ? [] : writersOf(path.slice(0, dot));
    // The one fetch that made the objects gave all of them this key: what later fetches repeat need not be waited for.
    const [creator] = creators;
    const isSettled = creators.length === 1 && creator !== undefined && writes[creator]?.get(path) === true;
    const mayBeRefined = types.hasInterfaceObjects && path.endsWith("__typename");
    if (isSettled && !mayBeRefined) needed.add(creator);
    else for (const index of writers) needed.add(index);
  }
  return [...needed].sort((a, b) => a - b);
}
