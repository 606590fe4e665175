/** The public keys of receipts as they are published (RFC 7517), with the time for which each one stands. */
import type { JWK } from "jose";

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
