/** Type names of a DMN file (`typeRef`): the built-in ones, and those the file declares as item definitions. */
import type { DeclaredType } from "../table/table-source";

/** What a type name stands for; `allowed` is the unary test of its values. */
export interface NamedType {
  readonly type: DeclaredType;
  readonly allowed?: string;
}

/** An item definition as dmn-moddle reads it. */
export interface ItemDefinition {
  readonly name?: string;
  readonly typeRef?: string;
  readonly isCollection?: boolean;
  readonly itemComponent?: readonly unknown[];
  readonly allowedValues?: { readonly text?: string };
}

const number = (scale: number): NamedType => ({ type: { kind: "number", scale } });

const BUILT_IN: ReadonlyMap<string, NamedType> = new Map([
  ["string", { type: { kind: "string" } }],
  ["boolean", { type: { kind: "boolean" } }],
  ["date", { type: { kind: "date" } }],
  // The scale is that of the input the column names; an output of this type has six digits.
  ["number", { type: { kind: "number" } }],
  ["count", number(0)],
  ["points", number(1)],
  ["yuan", number(2)],
  ["rate", number(4)],
]);

/** All type names of a file. `refuse` is told what cannot be read. */
export function readTypes(
  definitions: readonly ItemDefinition[],
  refuse: (message: string) => void,
): ReadonlyMap<string, NamedType> {
  const types = new Map(BUILT_IN);
  const pending = definitions.filter((one) => isSimple(one, refuse));
  for (let before = -1; pending.length > 0 && before !== pending.length;) {
    before = pending.length;
    for (const one of [...pending]) {
      const base = types.get(localName(one.typeRef!));
      if (!base) continue;
      types.set(one.name!, { type: base.type, allowed: one.allowedValues?.text ?? base.allowed });
      pending.splice(pending.indexOf(one), 1);
    }
  }
  for (const one of pending) refuse(`type '${one.name}' rests on '${one.typeRef}', which is not known`);
  return types;
}

/** The name without the prefix that editors write (`feel:string`). */
export function localName(typeRef: string): string {
  return typeRef.replace(/^feel[:.]/, "");
}

/** The names that stand for a type without being declared. */
export const BUILT_IN_TYPES: readonly string[] = [...BUILT_IN.keys()];

function isSimple(one: ItemDefinition, refuse: (message: string) => void): boolean {
  const name = one.name ?? "";
  const simple = name !== "" && one.typeRef && !one.isCollection && !one.itemComponent?.length;
  if (!simple) refuse(`type '${name}' is outside the profile: a type has a name and one base type`);
  else if (BUILT_IN.has(name)) refuse(`type '${name}' is built in and cannot be declared anew`);
  return Boolean(simple) && !BUILT_IN.has(name);
}
