/** Finds the objects of an answer that a plan's flatten path means: `products.@.reviews.@.product|[Book]`. */
import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import type { JsonObject } from "./run";
import type { SupergraphTypes } from "./supergraph-types";

/** A path of a plan with the types that its conditions are judged by. */
export interface FlattenPath {
  readonly segments: readonly FlattenNodePathSegment[];
  readonly types: SupergraphTypes;
}

/** Appends every object at the path to `found`, in the order of the answer; nulls and missing branches are left out. */
export function collectObjects(path: FlattenPath, data: JsonObject, found: JsonObject[]): void {
  walk({ path, found, trail: undefined, trails: undefined }, data, 0);
}

/** The place of every object at the path. Only needed when there are errors to place. */
export function locateObjects(
  path: FlattenPath,
  data: JsonObject,
): ReadonlyMap<JsonObject, readonly (string | number)[]> {
  const found: JsonObject[] = [];
  const trails: (readonly (string | number)[])[] = [];
  walk({ path, found, trail: [], trails }, data, 0);
  return new Map(found.map((object, index) => [object, trails[index] ?? []]));
}

/** The path as a dotted text of response keys: lists and conditions left out. */
export function dottedPath(segments: readonly FlattenNodePathSegment[]): string {
  return responseKeys(segments).join(".");
}

/** The response keys of a path, from the root. */
export function responseKeys(segments: readonly FlattenNodePathSegment[]): readonly string[] {
  return segments.flatMap((segment) =>
    typeof segment === "object" && "Field" in segment ? [segment.Field] : [],
  );
}

interface Walk {
  readonly path: FlattenPath;
  readonly found: JsonObject[];
  readonly trail: (string | number)[] | undefined;
  readonly trails: (readonly (string | number)[])[] | undefined;
}

function walk(to: Walk, value: unknown, depth: number): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    const next = to.path.segments[depth] === "@" ? depth + 1 : depth;
    for (let index = 0; index < value.length; index++) {
      to.trail?.push(index);
      walk(to, value[index], next);
      to.trail?.pop();
    }
    return;
  }
  const segment = to.path.segments[depth];
  if (segment === undefined) {
    to.found.push(value as JsonObject);
    if (to.trail) to.trails?.push([...to.trail]);
  } else if (segment === "@") {
    // The plan expects a list here; an object in its place is a malformed answer and is not entered.
    return;
  } else if ("Field" in segment) {
    to.trail?.push(segment.Field);
    walk(to, (value as JsonObject)[segment.Field], depth + 1);
    to.trail?.pop();
  } else if (meetsCondition((value as JsonObject)["__typename"], segment.TypeCondition, to.path.types)) {
    walk(to, value, depth + 1);
  }
}

function meetsCondition(typeName: unknown, conditions: readonly string[], types: SupergraphTypes): boolean {
  if (typeof typeName !== "string") return typeName === undefined;
  return conditions.some((condition) => types.isOfType(typeName, condition));
}
