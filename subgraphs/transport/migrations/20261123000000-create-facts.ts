/** The tables of the transport department's facts: common columns, and the own ones of each fact type. */
import type { MigrationInterface, QueryRunner } from "typeorm";

const OWN_COLUMNS: Readonly<Record<string, string>> = {
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
  operator_licence: `
    "kind" text NOT NULL,
    "revoked_on" date`,
  fleet_profile: `
    "vehicles" integer NOT NULL,
    "hazardous_goods_vehicles" integer`,
  traffic_violation: `
    "kind" text NOT NULL,
    "points" integer,
    "deaths" integer`,
  traffic_credit_entry: `
    "points" numeric(8,1) NOT NULL,
    "reason" text`,
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
