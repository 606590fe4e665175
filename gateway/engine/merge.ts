/** Puts the answers of subgraphs into one tree. */
import type { FetchNodePathSegment, OutputRewrite } from "@graphql-hive/router-query-planner";
import type { JsonObject } from "./run";
import type { SelectionTree } from "./selection-tree";
import type { SupergraphTypes } from "./supergraph-types";
import { isVerbatim } from "./verbatim/verbatim";

/**
 * Merges `source` into `target`, which it may become part of: the caller must not use `source` again. Objects and lists
 * of both sides are merged as far as the selection goes; a value beats a null; of two leaves the first one stays.
 */
export function mergeInto(target: JsonObject, source: JsonObject, selected: SelectionTree | undefined): void {
  for (const key in source) {
    const value = source[key];
    const present = Object.hasOwn(target, key) ? target[key] : undefined;
    if (present === undefined || present === null) assign(target, key, value);
    else if (key === "__typename") mergeTypeName(target, value, selected);
    else mergeValue(present, value, selected?.get(key)?.children);
  }
}

/** Same as `mergeInto`, for a `source` that is merged elsewhere too: nothing of it is shared. */
export function mergeCopyInto(target: JsonObject, source: JsonObject, selected: SelectionTree): void {
  mergeInto(target, copyObject(source, selected), selected);
}

function mergeValue(target: unknown, source: unknown, selected: SelectionTree | undefined): void {
  if (!selected || typeof target !== "object" || typeof source !== "object" || source === null) return;
  if (isVerbatim(target) || isVerbatim(source)) return;
  if (!Array.isArray(target)) {
    if (!Array.isArray(source)) mergeInto(target as JsonObject, source as JsonObject, selected);
    return;
  }
  if (!Array.isArray(source) || source.length !== target.length) return;
  for (let index = 0; index < target.length; index++) {
    if (target[index] === null) target[index] = source[index];
    else mergeValue(target[index], source[index], selected);
  }
}

/** The more exact type of an interface object comes from the subgraph that knows its types, whenever that answers. */
function mergeTypeName(target: JsonObject, typeName: unknown, selected: SelectionTree | undefined): void {
  const isExact = typeName !== selected?.get("__typename")?.declaredType;
  if (typeof typeName === "string" && isExact) target["__typename"] = typeName;
}

/** `__proto__` is a valid alias: it must become a key like any other. */
export function assign(target: JsonObject, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

function copyObject(source: JsonObject, selected: SelectionTree): JsonObject {
  const copy: JsonObject = {};
  for (const key in source) {
    const children = selected.get(key)?.children;
    assign(copy, key, children ? copyValue(source[key], children) : source[key]);
  }
  return copy;
}

function copyValue(value: unknown, selected: SelectionTree): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => copyValue(item, selected));
  if (value === null || typeof value !== "object" || isVerbatim(value)) return value;
  return copyObject(value as JsonObject, selected);
}

/** Gives a plan's internal aliases back their names. */
export function applyRenames(
  value: unknown,
  rewrites: readonly OutputRewrite[] | undefined,
  types: SupergraphTypes,
): void {
  for (const rewrite of rewrites ?? [])
    if ("KeyRenamer" in rewrite) rename(value, { ...rewrite.KeyRenamer, types }, 0);
}

interface Rename {
  readonly path: readonly FetchNodePathSegment[];
  readonly renameKeyTo: string;
  readonly types: SupergraphTypes;
}

function rename(value: unknown, to: Rename, depth: number): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const item of value) rename(item, to, depth);
    return;
  }
  const object = value as JsonObject;
  const segment = to.path[depth];
  if (!segment) return;
  if ("TypenameEquals" in segment) {
    const typeName = object["__typename"];
    const matches =
      typeof typeName !== "string" ||
      segment.TypenameEquals.some((name) => to.types.isOfType(typeName, name));
    if (matches) rename(object, to, depth + 1);
  } else if (depth < to.path.length - 1) {
    rename(object[segment.Key], to, depth + 1);
  } else if (Object.hasOwn(object, segment.Key) && segment.Key !== to.renameKeyTo) {
    object[to.renameKeyTo] = object[segment.Key];
    delete object[segment.Key];
  }
}
