/**
 * Whether a part of an answer is exactly what was asked for: every field there, of its type, in the asker's order, and
 * nothing else. Then it is taken as it is. A well subgraph's records nearly always are.
 */
import type { Leaf } from "./leaf";
import { scanList, scanLiteral, scanObject, scanOrNull, type Scan } from "./verbatim/scan";
import { isVerbatim } from "./verbatim/verbatim";

/** True only for a value that projection would give back unchanged, without an error. */
export type IsExact = (value: unknown) => boolean;

/** What is asked for at a place, as a check of values and of their JSON text. */
export interface Exact {
  readonly is: IsExact;
  readonly scan: Scan;
}

/** A field of an object; `exact` is undefined where it depends on variables, on types at run time or on the caller. */
interface ExactField {
  readonly key: string;
  readonly exact: Exact | undefined;
}

/** A scalar or enum. */
export function exactLeaf({ isExact, scan }: Leaf): Exact {
  return { is: isExact, scan };
}

/** One string. */
export function exactString(wanted: string): Exact {
  return { is: (value) => value === wanted, scan: scanLiteral(JSON.stringify(wanted)) };
}

/** An object with these fields; undefined when that of a field is. */
export function exactObject(fields: readonly ExactField[]): Exact | undefined {
  const keys = fields.map(({ key }) => key);
  const exacts = fields.flatMap(({ exact }) => exact ?? []);
  if (exacts.length < fields.length) return undefined;
  const checks = exacts.map(({ is }) => is);
  const is: IsExact = (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    let index = 0;
    for (const key in value) {
      if (key !== keys[index] || !checks[index]!((value as Readonly<Record<string, unknown>>)[key]))
        return false;
      index++;
    }
    return index === keys.length;
  };
  return { is: orVerbatim(is), scan: scanObject(keys.map((key, index) => ({ key, ...exacts[index]! }))) };
}

/** A list. */
export function exactList(item: Exact | undefined): Exact | undefined {
  if (!item) return undefined;
  const is: IsExact = (value) => {
    if (!Array.isArray(value)) return false;
    for (const each of value) if (!item.is(each)) return false;
    return true;
  };
  return { is: orVerbatim(is), scan: scanList(item.scan) };
}

/** What was taken verbatim was recognised as exact when it came. */
function orVerbatim(is: IsExact): IsExact {
  return (value) => isVerbatim(value) || is(value);
}

/** What may be null. */
export function exactOrNull(exact: Exact | undefined): Exact | undefined {
  return exact && { is: (value) => value === null || exact.is(value), scan: scanOrNull(exact.scan) };
}

/** Where so many in a row were not exact, the next ones will not be either. */
const MISSES_MAX = 16;
/** After that, one of so many is still looked at. */
const SAMPLE = 256;

/** Looks only where it pays: not where things turn out to be otherwise. Undefined is then no statement about the thing. */
export function whereItPays<Given, Found>(
  look: (given: Given) => Found | undefined,
): (given: Given) => Found | undefined {
  let misses = 0;
  return (given) => {
    if (misses > MISSES_MAX && misses % SAMPLE !== 0) {
      misses++;
      return undefined;
    }
    const found = look(given);
    misses = found === undefined ? misses + 1 : 0;
    return found;
  };
}
