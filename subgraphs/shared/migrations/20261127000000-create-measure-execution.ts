/** The table of what a department did to carry out measures. */
import type { MigrationInterface, QueryRunner } from "typeorm";

// The credit code leads every key, so that the table can be distributed by it.
const CREATE = `
  CREATE TABLE "measure_execution" (
    "credit_code" varchar(18) COLLATE "C" NOT NULL,
    "id" uuid NOT NULL,
    "document_number" text NOT NULL DEFAULT '',
    "authority" text,
    "occurred_on" date,
    "valid_from" date,
    "valid_until" date,
    "recorded_at" timestamptz(3) NOT NULL,
    "superseded_at" timestamptz(3),
    "disclosure" text NOT NULL,
    "status" text NOT NULL,
    "status_reason" text,
    "corrects" uuid,
    "content_digest" bytea NOT NULL,
    "scheme" text NOT NULL,
    "measure" text NOT NULL,
    "list" text,
    "executed_on" date NOT NULL,
    "outcome" text,
    "note" text,
    PRIMARY KEY ("credit_code", "id")
  );
  CREATE UNIQUE INDEX "measure_execution_current" ON "measure_execution" ("credit_code", "document_number") WHERE superseded_at IS NULL;
  CREATE INDEX "measure_execution_id" ON "measure_execution" USING brin ("id");
`;

export class CreateMeasureExecution20261127000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "measure_execution"`);
  }
}
