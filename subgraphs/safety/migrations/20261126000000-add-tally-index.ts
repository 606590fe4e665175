/** What statistics group all registrations by, in an index of its own: 500,000 are counted without reading their rows. */
import type { MigrationInterface, QueryRunner } from "typeorm";

// The catalogue's bound of both.
const BOUND = 200;

export class AddTallyIndex20261126000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A registration from before the catalogue bounded trade and sector may be longer than a row of an index can be. Nothing on
    // record is shortened: such a database counts without the index, more slowly and as rightly.
    const long: readonly unknown[] = await runner.query(`SELECT FROM "enterprise_registration"
      WHERE length(industry) > ${BOUND} OR length(sector) > ${BOUND} LIMIT 1`);
    if (long.length > 0) return;
    // In the order in which the latest registration of each enterprise comes first.
    await runner.query(`CREATE INDEX "enterprise_registration_tally" ON "enterprise_registration"
      (credit_code, coalesce(valid_from, occurred_on) DESC NULLS LAST, recorded_at DESC, id DESC)
      INCLUDE (industry, sector, above_designated_size, status, valid_from, valid_until, occurred_on, superseded_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX IF EXISTS "enterprise_registration_tally"`);
  }
}
