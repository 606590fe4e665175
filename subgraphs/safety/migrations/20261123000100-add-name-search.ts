/** Columns and indexes by which enterprises are found. pg_trgm is a trusted extension: the database's owner may create it. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddNameSearch20261123000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`ALTER TABLE "enterprise_registration"
      ADD COLUMN "name_search" text NOT NULL, ADD COLUMN "name_grams" text[] NOT NULL`);
    const index = `CREATE INDEX "enterprise_registration_name`;
    const onLatest = `WHERE superseded_at IS NULL`;
    const table = `"enterprise_registration"`;
    await runner.query(`${index}_search" ON ${table} USING gin ("name_search" gin_trgm_ops) ${onLatest}`);
    await runner.query(`${index}_grams" ON ${table} USING gin ("name_grams") ${onLatest}`);
    await runner.query(
      `${index}_prefix" ON ${table} ((left("name_search", 64)) text_pattern_ops) ${onLatest}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "enterprise_registration" DROP COLUMN "name_search", DROP COLUMN "name_grams"`,
    );
  }
}
