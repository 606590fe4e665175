/** The outbox of a department: which enterprises' facts each recording changed. The same in every department. */
import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateChangeFeed20261123010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "changed_enterprise" (
      "credit_code" varchar(18) COLLATE "C" NOT NULL,
      "recorded_at" timestamptz(3) NOT NULL,
      PRIMARY KEY ("credit_code", "recorded_at")
    )`);
    await runner.query(
      `CREATE INDEX "changed_enterprise_recorded_at" ON "changed_enterprise" ("recorded_at")`,
    );
    await runner.query(`ALTER TABLE "recording_clock"
      ADD "epoch" uuid NOT NULL DEFAULT gen_random_uuid(),
      ADD "changes_kept_since" timestamptz(3) NOT NULL DEFAULT '-infinity'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "recording_clock" DROP "epoch", DROP "changes_kept_since"`);
    await runner.query(`DROP TABLE "changed_enterprise"`);
  }
}
