/** A part of a subgraph's answer that goes on as it came: to the caller, or to another subgraph as a representation's part. */

const VERBATIM = Symbol("verbatim");

/**
 * Stands in the merged tree for an object or list that whoever reads it takes whole, and that is exactly what he takes
 * (`choose-verbatim.ts` sees to the first, the scan to the second). It is never changed.
 */
export interface Verbatim {
  readonly [VERBATIM]: true;
  /** Its JSON as byte text. */
  readonly bytes: string;
  readonly toJSON: () => never;
}

/** Makes one of byte text. */
export function verbatim(bytes: string): Verbatim {
  return { [VERBATIM]: true, bytes, toJSON: refuse };
}

/** Whether a value of the tree is one: what was parsed has no symbols. */
export function isVerbatim(value: unknown): value is Verbatim {
  return typeof value === "object" && value !== null && (value as Partial<Verbatim>)[VERBATIM] === true;
}

/** Whatever writes it without knowing it would quote it: better no answer than that one. */
function refuse(): never {
  throw new Error("A verbatim part was given to JSON.stringify.");
}
