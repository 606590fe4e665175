/** The public keys of receipts as they are published (RFC 7517), with the time for which each one stands. */
import type { JWK } from "jose";
import { z } from "zod";

/**
 * A published key. A receipt verifies with it if it was decided from `validFrom` on and before `validUntil` (null: still in
 * use); with a revoked key nothing verifies. Instants are RFC 3339.
 */
export interface PublishedKey extends JWK {
  readonly kid: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly revokedAt: string | null;
}

/** The document at `/.well-known/jwks.json`: keys in use, retired and revoked. */
export interface PublishedKeys {
  readonly keys: readonly PublishedKey[];
}

const instant = z.iso.datetime({ offset: true });
const document = z.object({
  keys: z.array(
    z.looseObject({
      kid: z.string(),
      kty: z.literal("OKP"),
      crv: z.literal("Ed25519"),
      x: z.string(),
      validFrom: instant,
      validUntil: instant.nullable().default(null),
      revokedAt: instant.nullable().default(null),
    }),
  ),
});

/** Reads a JWKS document as it was published. Throws when it is not one, or when a key does not say since when it stands. */
export function parsePublishedKeys(text: string): PublishedKeys {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error("the keys are not JSON", { cause: error });
  }
  const parsed = document.safeParse(value);
  if (parsed.success) return parsed.data as PublishedKeys;
  const { path, message } = parsed.error.issues[0]!;
  throw new Error(`the keys are not a JWKS of receipts: ${path.map(String).join(".")}: ${message}`);
}
