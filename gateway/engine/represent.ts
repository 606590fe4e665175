/** Represents the objects that a lookup found: each entity once, as values or as JSON text. */
import type { RepresentationBuilder } from "./representations";
import type { JsonObject, Run } from "./run";
import { toByteText } from "./byte-text";
import { writeMembers } from "./verbatim/write";

/** What is asked: `targets[i]` is represented by the representation number `numbers[i]`. */
export interface Represented {
  readonly targets: readonly JsonObject[];
  readonly numbers: readonly number[];
  readonly values: readonly JsonObject[];
  /** Objects that cannot be asked about. */
  readonly missing: readonly JsonObject[];
  /** The representations as byte text of a list, without its brackets: written when first asked for. */
  readonly listJson: () => string;
}

/** Equal representations are asked once. They are compared only where type and keys are equal: evidence can be long. */
export function represent(
  builder: RepresentationBuilder,
  objects: readonly JsonObject[],
  run: Run,
): Represented {
  const targets: JsonObject[] = [];
  const numbers: number[] = [];
  const values: JsonObject[] = [];
  const missing: JsonObject[] = [];
  const known = objects.length > 1 ? new Map<string, number>() : undefined;
  for (const object of objects) {
    const value = builder.build(object, run);
    if (value === undefined) {
      missing.push(object);
      continue;
    }
    const identity = known && builder.identify(object);
    let number = identity === undefined ? undefined : known!.get(identity);
    if (number === undefined || !(builder.holdsOnlyKeys || isEqual(values[number]!, value))) {
      number = values.push(value) - 1;
      if (identity !== undefined) known!.set(identity, number);
    }
    targets.push(object);
    numbers.push(number);
  }
  let text: string | undefined;
  const listJson = () =>
    (text ??= builder.holdsOnlyKeys
      ? toByteText(JSON.stringify(values).slice(1, -1))
      : values.map(writeMembers).join());
  return { targets, numbers, values, missing, listJson };
}

function isEqual(one: JsonObject, other: JsonObject): boolean {
  return writeMembers(one) === writeMembers(other);
}
