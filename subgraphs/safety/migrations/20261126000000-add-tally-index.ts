/** What statistics group all registrations by, in an index of its own: 500,000 are counted without reading their rows. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddTallyIndex20261126000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // In the order in which the latest registration of each enterprise comes first. The catalogue bounds trade and sector.
    await runner.query(`CREATE INDEX "enterprise_registration_tally" ON "enterprise_registration"
      (credit_code, coalesce(valid_from, occurred_on) DESC NULLS LAST, recorded_at DESC, id DESC)
      INCLUDE (industry, sector, above_designated_size, status, valid_from, valid_until, occurred_on, superseded_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "enterprise_registration_tally"`);
  }
}
