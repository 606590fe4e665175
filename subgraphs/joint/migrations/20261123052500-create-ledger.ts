import type { MigrationInterface, QueryRunner } from "typeorm";

// lz4 packs a receipt three times faster than the default; not every build of PostgreSQL has it.
const PACK_WITH_LZ4 = `
  DO $$ BEGIN
    IF (SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
      ALTER TABLE receipt ALTER COLUMN content SET COMPRESSION lz4;
      ALTER TABLE evidence ALTER COLUMN body SET COMPRESSION lz4;
    END IF;
  END $$`;

/** Receipts, the evidence that they rest on, and the public keys that they are verified with. Rows are only ever added. */
export class CreateLedger20261123052500 implements MigrationInterface {
  readonly name = "CreateLedger20261123052500";

  async up(runner: QueryRunner): Promise<void> {
    // The credit code is part of every key, so that the tables can be distributed by it (Citus); ids grow with time.
    await runner.query(`
      CREATE TABLE receipt (
        id uuid NOT NULL,
        credit_code varchar(18) COLLATE "C" NOT NULL,
        purpose text NOT NULL,
        scheme text NOT NULL,
        as_of date NOT NULL,
        outcome text NOT NULL,
        decided_at timestamptz(3) NOT NULL,
        evidence_sha256 text COLLATE "C" NOT NULL,
        kid text NOT NULL,
        signature text NOT NULL,
        content text NOT NULL,
        PRIMARY KEY (id, credit_code)
      )`);
    await runner.query("CREATE INDEX receipt_same_question ON receipt (credit_code, as_of, purpose, id)");
    await runner.query(`
      CREATE TABLE evidence (
        credit_code varchar(18) COLLATE "C" NOT NULL,
        sha256 text COLLATE "C" NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (credit_code, sha256)
      )`);
    await runner.query(`
      CREATE TABLE receipt_key (
        kid text PRIMARY KEY,
        public_jwk jsonb NOT NULL,
        valid_from timestamptz(3) NOT NULL,
        valid_until timestamptz(3),
        revoked_at timestamptz(3)
      )`);
    await runner.query(PACK_WITH_LZ4);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE receipt, evidence, receipt_key");
  }
}
