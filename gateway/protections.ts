/** What a supergraph protects, to be compared before a new one takes its place. */
import { Kind, parse, print, type DirectiveNode } from "graphql";

// What is inaccessible nobody may read: evidence that is lent, not shown, has no other protection.
const protecting = new Set(["authenticated", "requiresScopes", "policy", "inaccessible"]);

/**
 * The fields and types (`Type` or `Type.field`) that are still there in the next supergraph but have lost a protection
 * that they have in the current one, in the order of the current one. Empty when nothing was lost.
 */
export function findLostProtections(sdl: {
  readonly current: string;
  readonly next: string;
}): readonly string[] {
  const next = readProtections(sdl.next);
  const lost: string[] = [];
  for (const [coordinate, protections] of readProtections(sdl.current)) {
    const kept = next.get(coordinate);
    if (kept && [...protections].some((protection) => !kept.has(protection))) lost.push(coordinate);
  }
  return lost;
}

function readProtections(sdl: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!("name" in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION || !("directives" in definition)) continue;
    const type = definition.name.value;
    found.set(type, protectionsOf(definition.directives));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    for (const field of definition.fields ?? [])
      found.set(`${type}.${field.name.value}`, protectionsOf(field.directives));
  }
  return found;
}

function protectionsOf(directives: readonly DirectiveNode[] | undefined): ReadonlySet<string> {
  return new Set(directives?.filter(({ name }) => protecting.has(name.value)).map(print));
}
