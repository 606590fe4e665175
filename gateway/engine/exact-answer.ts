/**
 * Whether a part of the merged tree is exactly what was asked for: every field there, of its type, in the caller's order, and
 * nothing else. Then it is the answer as it is. A well subgraph's records nearly always are.
 */

/** True only for a value that projection would give back unchanged, without an error. */
export type IsExact = (value: unknown) => boolean;

/** A field of an object; `isExact` is undefined where it depends on variables, on types at run time or on the caller. */
interface ExactField {
  readonly key: string;
  readonly isExact: IsExact | undefined;
}

/** The check of an object with these fields; undefined when that of a field is. */
export function exactObject(fields: readonly ExactField[]): IsExact | undefined {
  const keys = fields.map(({ key }) => key);
  const checks = fields.map(({ isExact }) => isExact!);
  if (checks.includes(undefined!)) return undefined;
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    let index = 0;
    for (const key in value) {
      if (key !== keys[index] || !checks[index]!((value as Readonly<Record<string, unknown>>)[key]))
        return false;
      index++;
    }
    return index === keys.length;
  };
}

/** The check of a list. */
export function exactList(item: IsExact | undefined): IsExact | undefined {
  if (!item) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const each of value) if (!item(each)) return false;
    return true;
  };
}

/** The check of what may be null. */
export function exactOrNull(isExact: IsExact | undefined): IsExact | undefined {
  return isExact && ((value) => value === null || isExact(value));
}

/** Where so many in a row were not exact, the next ones will not be either. */
const MISSES_MAX = 16;
/** After that, one of so many is still looked at. */
const SAMPLE = 256;

/** The check where it pays: not where objects turn out to be otherwise. False is then no statement about the value. */
export function whereItPays(isExact: IsExact | undefined): IsExact {
  if (!isExact) return () => false;
  let misses = 0;
  return (value) => {
    if (misses > MISSES_MAX && misses % SAMPLE !== 0) {
      misses++;
      return false;
    }
    const is = isExact(value);
    misses = is ? 0 : misses + 1;
    return is;
  };
}
