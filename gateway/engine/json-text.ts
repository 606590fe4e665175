/** Writes values as JSON text, checking that they are what the schema says. */
import type { SupergraphTypes } from "./supergraph-types";

/** The JSON text of a leaf, or undefined when the value is none of its type's (null included). */
export type LeafWriter = (value: unknown) => string | undefined;

/** Quotes, backslashes, control characters and surrogates; everything else stands in JSON as it is. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** A string as JSON text. Short strings that need no escape are most of them, and cheaper without JSON.stringify. */
export function quote(text: string): string {
  if (text.length > 500 || NEEDS_ESCAPE.test(text)) return JSON.stringify(text);
  return `"${text}"`;
}

/** The writer of a scalar or enum. Custom scalars may be any JSON value. */
export function leafWriter(typeName: string, types: Pick<SupergraphTypes, "enumValues">): LeafWriter {
  const builtIn = BUILT_IN[typeName];
  if (builtIn) return builtIn;
  const values = types.enumValues(typeName);
  if (!values) return writeAnything;
  return (value) => (typeof value === "string" && values.has(value) ? `"${value}"` : undefined);
}

/** Whether JSON.stringify writes a leaf as its type's writer would. */
export type LeafCheck = (value: unknown) => boolean;

/** The check of a scalar or enum. */
export function leafCheck(typeName: string, types: Pick<SupergraphTypes, "enumValues">): LeafCheck {
  const builtIn = CHECKS[typeName];
  if (builtIn) return builtIn;
  const values: ReadonlySet<unknown> | undefined = types.enumValues(typeName);
  return values ? (value) => values.has(value) : (value) => value !== undefined && value !== null;
}

const CHECKS: Readonly<Record<string, LeafCheck>> = {
  String: (value) => typeof value === "string",
  ID: (value) => typeof value === "string",
  Int: (value) => typeof value === "number" && (value | 0) === value,
  Float: (value) => typeof value === "number" && Number.isFinite(value),
  Boolean: (value) => typeof value === "boolean",
};

const BUILT_IN: Readonly<Record<string, LeafWriter>> = {
  String: writeString,
  ID: (value) => (Number.isSafeInteger(value) ? `"${String(value)}"` : writeString(value)),
  Int: (value) => (typeof value === "number" && (value | 0) === value ? String(value) : undefined),
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? String(value) : undefined),
  Boolean: (value) => (value === true ? "true" : value === false ? "false" : undefined),
};

function writeString(value: unknown): string | undefined {
  return typeof value === "string" ? quote(value) : undefined;
}

function writeAnything(value: unknown): string | undefined {
  if (typeof value === "string") return quote(value);
  return value === null ? undefined : JSON.stringify(value);
}
