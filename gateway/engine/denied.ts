/** What a caller may not see, as far as an answer is concerned. */
import { isInterfaceType, type GraphQLInterfaceType, type GraphQLObjectType } from "graphql";
import type { CollectingFrom } from "./collect-fields";

/** What an operation's projection is compiled from. */
export interface ProjectionSource extends CollectingFrom {
  /** Coordinates (`Type.field`, `Type`) that this caller may not see. */
  readonly denied: ReadonlySet<string>;
}

/**
 * Whether a type (`suffix` empty) or its field (`.field`) is denied. Of an object known by its interface only, whatever is
 * denied on any implementation is denied.
 */
export function isDenied(
  type: GraphQLObjectType | GraphQLInterfaceType,
  suffix: string,
  { denied, schema }: ProjectionSource,
): boolean {
  if (denied.size === 0) return false;
  const types = isInterfaceType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return types.some(({ name }) => denied.has(name + suffix));
}

/** The error at a denied place. */
export function deniedWords(coordinate: string): { readonly message: string; readonly code: string } {
  return { message: `You may not see ${coordinate}.`, code: "FORBIDDEN" };
}
