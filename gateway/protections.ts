/** What a supergraph protects, to be compared before a new one takes its place. */
import {
  type DirectiveNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from "graphql";
import { PROTECTING_DIRECTIVES, standardise } from "./engine/features";

/**
 * The types, fields, arguments and enum values (`Type`, `Type.field`, `Type.field(argument:)`, `Type.VALUE`) that are still there in
 * the next supergraph but have lost a protection that they have in the current one, in the order of the current one. Empty when
 * nothing was lost. To be hidden from callers is a protection too: what departments lend is kept from them by nothing else.
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

type Marks = ReadonlyMap<string, ReadonlySet<string>>;

function readProtections(sdl: string): Marks {
  const { definitions } = standardise(parse(sdl, { noLocation: true }));
  const types = definitions.filter((one) => isTypeDefinitionNode(one) || isTypeExtensionNode(one));
  return new Map(types.flatMap(marksOf));
}

function marksOf(
  type: TypeDefinitionNode | TypeExtensionNode,
): readonly (readonly [string, ReadonlySet<string>])[] {
  const typeName = type.name.value;
  const fields = "fields" in type ? (type.fields ?? []) : [];
  const values = "values" in type ? (type.values ?? []) : [];
  return [
    [typeName, protectionsOf(type.directives)] as const,
    ...[...fields, ...values].flatMap((member) => {
      const coordinate = `${typeName}.${member.name.value}`;
      const args = "arguments" in member ? (member.arguments ?? []) : [];
      return [
        [coordinate, protectionsOf(member.directives)] as const,
        ...args.map(
          ({ name, directives }) => [`${coordinate}(${name.value}:)`, protectionsOf(directives)] as const,
        ),
      ];
    }),
  ];
}

function protectionsOf(directives: readonly DirectiveNode[] | undefined): ReadonlySet<string> {
  return new Set(directives?.filter(({ name }) => PROTECTING_DIRECTIVES.has(name.value)).map(print));
}
