/** SQL of the public keys: every machine that signs publishes its key here, so that each can show all of them. */
import type { Pool } from "pg";
import type { JWK } from "jose";
import type { PublishedKey } from "./published-keys";
import { asked } from "./store";

/** The published keys of all machines that sign over one ledger. */
export interface KeyStore {
  /** Publishes a key that signs from `validFrom` on; a key that is published already stays as it is. */
  readonly publish: (publicJwk: JWK, validFrom: string) => Promise<void>;
  /** Whether a key may still sign: it is published, and neither retired nor revoked. */
  readonly isInUse: (kid: string) => Promise<boolean>;
  /** Every key ever published, oldest first. */
  readonly list: () => Promise<readonly PublishedKey[]>;
  /** Ends the time of a key at an instant; what was decided before still verifies. False for a key that is not in use. */
  readonly retire: (kid: string, until: string) => Promise<boolean>;
  /** Takes all trust from a key: nothing that it signed verifies any more. False for a key that is not known. */
  readonly revoke: (kid: string) => Promise<boolean>;
}

const instant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const LIST = `
  SELECT public_jwk, ${instant("valid_from")} AS valid_from, ${instant("valid_until")} AS valid_until,
         ${instant("revoked_at")} AS revoked_at
    FROM receipt_key ORDER BY receipt_key.valid_from, kid`;

interface KeyRow {
  readonly public_jwk: JWK & { readonly kid: string };
  readonly valid_from: string;
  readonly valid_until: string | null;
  readonly revoked_at: string | null;
}

/** The key store over a pool. A database that cannot be asked is HubError SERVICE_UNAVAILABLE. */
export function createKeyStore(pool: Pool): KeyStore {
  const run = <Row extends object>(text: string, values: unknown[] = []) =>
    asked(pool.query<Row>(text, values));
  return {
    async publish(publicJwk, validFrom) {
      const values = [publicJwk.kid, publicJwk, validFrom];
      await run(
        "INSERT INTO receipt_key (kid, public_jwk, valid_from) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values,
      );
    },
    async isInUse(kid) {
      const { rowCount } = await run(
        "SELECT 1 FROM receipt_key WHERE kid = $1 AND valid_until IS NULL AND revoked_at IS NULL",
        [kid],
      );
      return rowCount === 1;
    },
    async list() {
      const { rows } = await run<KeyRow>(LIST);
      return rows.map((row) => ({
        ...row.public_jwk,
        validFrom: row.valid_from,
        validUntil: row.valid_until,
        revokedAt: row.revoked_at,
      }));
    },
    async retire(kid, until) {
      const { rowCount } = await run(
        "UPDATE receipt_key SET valid_until = $2 WHERE kid = $1 AND valid_until IS NULL AND revoked_at IS NULL",
        [kid, until],
      );
      return rowCount === 1;
    },
    async revoke(kid) {
      const { rowCount } = await run(
        "UPDATE receipt_key SET revoked_at = coalesce(revoked_at, now()) WHERE kid = $1",
        [kid],
      );
      return rowCount === 1;
    },
  };
}
