/** The key that joins all subgraphs, with the time in it. */
import { toCreditCode } from "../../schema/credit-code";
import { toInstant, toLocalDate } from "../../schema/values";

/**
 * Which enterprise, as it stood on the day `asOf` (`YYYY-MM-DD`), as far as it had been recorded at `knownAt`
 * (RFC 3339; null: by now).
 */
export interface EnterpriseKey {
  readonly creditCode: string;
  readonly asOf: string;
  readonly knownAt: string | null;
}

/**
 * The canonical key of a representation. `_entities` skips scalar parsing, so this is where a bad credit code or
 * date is met: HubError INVALID_CREDIT_CODE or BAD_USER_INPUT, an error of this one entity only.
 */
export function parseKey(representation: Readonly<Record<string, unknown>>): EnterpriseKey {
  const { knownAt } = representation;
  return {
    creditCode: toCreditCode(representation["creditCode"]),
    asOf: toLocalDate(representation["asOf"]),
    knownAt: knownAt === null || knownAt === undefined ? null : toInstant(knownAt),
  };
}
