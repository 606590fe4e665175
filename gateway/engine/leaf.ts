/** Scalars and enums: whether a value is one of its type's, and what may be made one. */
import { getNamedType, isEnumType, type GraphQLOutputType } from "graphql";
import type { SupergraphTypes } from "./supergraph-types";
import { scanAny, scanBoolean, scanInt, scanNumber, scanOneOf, scanString, type Scan } from "./verbatim/scan";

/** A scalar or enum type. */
export interface Leaf {
  /** Whether a value may be sent as it is; null never. */
  readonly isExact: (value: unknown) => boolean;
  /** The same of its JSON text: recognises no text whose value is not exact. */
  readonly scan: Scan;
  /** Gives what a value that is not exact means, or undefined when it is none of the type's. */
  readonly repair: (value: unknown) => unknown;
}

/** The leaf of this name. Custom scalars may be any JSON value. */
export function leafOf(typeName: string, types: Pick<SupergraphTypes, "enumValues">): Leaf {
  const builtIn = BUILT_IN[typeName];
  if (builtIn) return builtIn;
  const values: ReadonlySet<unknown> | undefined = types.enumValues(typeName);
  return values
    ? { isExact: (value) => values.has(value), scan: scanOneOf(values), repair: noRepair }
    : { isExact: isPresent, scan: scanAny, repair: noRepair };
}

/** The leaf of a type of the API schema. */
export function leafOfType(type: GraphQLOutputType): Leaf {
  const named = getNamedType(type);
  return leafOf(named.name, {
    enumValues: () => (isEnumType(named) ? new Set(named.getValues().map((value) => value.name)) : undefined),
  });
}

const isString = (value: unknown): boolean => typeof value === "string";

const BUILT_IN: Readonly<Record<string, Leaf>> = {
  String: { isExact: isString, scan: scanString, repair: noRepair },
  ID: { isExact: isString, scan: scanString, repair: repairId },
  Int: {
    isExact: (value) => typeof value === "number" && (value | 0) === value,
    scan: scanInt,
    repair: noRepair,
  },
  Float: {
    isExact: (value) => typeof value === "number" && Number.isFinite(value),
    scan: scanNumber,
    repair: noRepair,
  },
  Boolean: { isExact: (value) => typeof value === "boolean", scan: scanBoolean, repair: noRepair },
};

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An ID may be an integer, and is text (specification, 3.5.5). */
function repairId(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

function noRepair(): undefined {
  return undefined;
}
