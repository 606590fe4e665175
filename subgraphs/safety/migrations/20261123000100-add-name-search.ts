/** Columns and indexes by which enterprises are found. pg_trgm is a trusted extension: the database's owner may create it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const INDEXES = {
  name_folded: "btree (name_folded)",
  name_sounds: "gin (name_sounds gin_trgm_ops)",
  name_pairs: "gin (name_pairs)",
  code_reversed: "btree (reverse(credit_code))",
};

export class AddNameSearch20261123000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`ALTER TABLE "enterprise_registration"
      ADD COLUMN "name_folded" text COLLATE "C" NOT NULL,
      ADD COLUMN "name_sounds" text NOT NULL,
      ADD COLUMN "name_pairs" text[] NOT NULL`);
    for (const [name, method] of Object.entries(INDEXES))
      await runner.query(
        `CREATE INDEX "enterprise_registration_${name}" ON "enterprise_registration"
          USING ${method} WHERE superseded_at IS NULL`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "enterprise_registration_code_reversed"`);
    await runner.query(`ALTER TABLE "enterprise_registration"
      DROP COLUMN "name_folded", DROP COLUMN "name_sounds", DROP COLUMN "name_pairs"`);
  }
}
