/** The table of reports that are handed in under schemes. */
import type { MigrationInterface, QueryRunner } from "typeorm";

// The credit code leads every key, so that the table can be distributed by it.
const CREATE = `
  CREATE TABLE "scheme_report" (
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
    "kind" text NOT NULL,
    "year" integer NOT NULL,
    "half" integer,
    "submitted_on" date NOT NULL,
    "note" text,
    PRIMARY KEY ("credit_code", "id")
  );
  CREATE UNIQUE INDEX "scheme_report_current" ON "scheme_report" ("credit_code", "document_number") WHERE superseded_at IS NULL;
  CREATE INDEX "scheme_report_id" ON "scheme_report" USING brin ("id");
`;

export class CreateSchemeReport20261127000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "scheme_report"`);
  }
}
