/** The tables of the safety department's facts: common columns, and the own ones of each fact type. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const OWN_COLUMNS: Readonly<Record<string, string>> = {
  enterprise_registration: `
    "name" text NOT NULL,
    "address" text,
    "legal_representative" text,
    "industry" text,
    "sector" text,
    "district" text,
    "key_regulated" boolean,
    "above_designated_size" boolean,
    "registration_number" text,
    "registered_capital" numeric(17,2),
    "paid_in_capital" numeric(17,2),
    "established_on" date,
    "operating_term" text,
    "enterprise_type" text,
    "business_scope" text`,
  standardization_certificate: `
    "level" integer NOT NULL,
    "industry" text,
    "withdrawn_on" date`,
  attainment_review: `
    "score" numeric(8,1) NOT NULL,
    "kind" text,
    "had_earlier_certificate" boolean`,
  accident: `
    "class" text NOT NULL,
    "deaths" integer NOT NULL,
    "serious_injuries" integer,
    "liability" boolean NOT NULL,
    "vile" boolean`,
  serious_violation: `
    "kind" text NOT NULL`,
  hazard: `
    "major" boolean NOT NULL,
    "found_on" date NOT NULL,
    "deadline" date,
    "rectified_on" date,
    "responsible" text,
    "measures" text,
    "funds" text,
    "contingency" text`,
  inspection: `
    "result" text NOT NULL,
    "kind" text,
    "finding" text`,
  administrative_penalty: `
    "kind" text NOT NULL,
    "cause" text,
    "basis" text,
    "content" text,
    "fine" numeric(17,2),
    "enforcement" text`,
  safety_licence: `
    "kind" text NOT NULL,
    "revoked_on" date`,
  safety_commitment: `
    "signed_on" date,
    "published_on" date,
    "breached_on" date,
    "breach" text`,
  programme_enrolment: `
    "scheme" text NOT NULL,
    "started_on" date NOT NULL,
    "track" text`,
  criteria_review: `
    "scheme" text NOT NULL,
    "track" text NOT NULL,
    "unmet" integer[] NOT NULL,
    "certified_staff_percent" numeric(8,1)`,
  score_assessment: `
    "scheme" text NOT NULL,
    "score" numeric(8,1) NOT NULL,
    "year" integer NOT NULL,
    "half" integer`,
  produce_violation: `
    "kind" text NOT NULL`,
  honesty_report: `
    "year" integer NOT NULL,
    "reported_on" date`,
  occupational_disease_case: `
    "diagnosed_on" date NOT NULL`,
  grade_determination: `
    "scheme" text NOT NULL,
    "grade" text NOT NULL,
    "score" numeric(8,1),
    "year" integer,
    "cause" text`,
  list_entry: `
    "list" text NOT NULL,
    "level" text NOT NULL,
    "published_on" date NOT NULL,
    "ended_on" date,
    "ground" text,
    "provider" text`,
  procedure_step: `
    "procedure" text NOT NULL,
    "list" text NOT NULL,
    "step" text NOT NULL,
    "on" date NOT NULL,
    "by" text,
    "note" text,
    "outcome" text`,
  dynamic_points: `
    "kind" text NOT NULL,
    "points" numeric(8,1) NOT NULL`,
};

// The credit code leads every key, so that the tables can be distributed by it.
const createTable = (table: string, ownColumns: string): string => `
  CREATE TABLE "${table}" (
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
    "content_digest" bytea NOT NULL,${ownColumns},
    PRIMARY KEY ("credit_code", "id")
  );
  CREATE UNIQUE INDEX "${table}_current" ON "${table}" ("credit_code", "document_number") WHERE superseded_at IS NULL;
  CREATE INDEX "${table}_id" ON "${table}" USING brin ("id");
`;

export class CreateFacts20261123000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, ownColumns] of Object.entries(OWN_COLUMNS))
      await runner.query(createTable(table, ownColumns));
    await runner.query(`CREATE TABLE "recording_clock" ("recorded_at" timestamptz(3) NOT NULL)`);
    await runner.query(`INSERT INTO "recording_clock" VALUES ('-infinity')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...Object.keys(OWN_COLUMNS), "recording_clock"])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
