/** Scalars and enums: whether a value is one of its type's, and what may be made one. */
import type { SupergraphTypes } from "./supergraph-types";

/** A scalar or enum type. */
export interface Leaf {
  /** Whether a value may be sent as it is; null never. */
  readonly isExact: (value: unknown) => boolean;
  /** Gives what a value that is not exact means, or undefined when it is none of the type's. */
  readonly repair: (value: unknown) => unknown;
}

/** The leaf of this name. Custom scalars may be any JSON value. */
export function leafOf(typeName: string, types: Pick<SupergraphTypes, "enumValues">): Leaf {
  const isBuiltIn = BUILT_IN[typeName];
  if (isBuiltIn) return { isExact: isBuiltIn, repair: typeName === "ID" ? repairId : noRepair };
  const values: ReadonlySet<unknown> | undefined = types.enumValues(typeName);
  return { isExact: values ? (value) => values.has(value) : isPresent, repair: noRepair };
}

const BUILT_IN: Readonly<Record<string, Leaf["isExact"]>> = {
  String: (value) => typeof value === "string",
  ID: (value) => typeof value === "string",
  Int: (value) => typeof value === "number" && (value | 0) === value,
  Float: (value) => typeof value === "number" && Number.isFinite(value),
  Boolean: (value) => typeof value === "boolean",
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
