import type { MigrationInterface, QueryRunner } from "typeorm";

/** Screenings of many enterprises: the question, its slices, and for each enterprise the receipt that answers it. */
export class CreateScreening20261123060000 implements MigrationInterface {
  readonly name = "CreateScreening20261123060000";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE screening (
        id uuid PRIMARY KEY,
        purpose text NOT NULL,
        scheme text,
        as_of date NOT NULL,
        known_at timestamptz(3),
        requested_by text NOT NULL,
        requested_at timestamptz(3) NOT NULL DEFAULT now(),
        planned_at timestamptz(3),
        finished_at timestamptz(3),
        cancelled_at timestamptz(3)
      )`);
    await runner.query(`
      CREATE TABLE screening_slice (
        screening_id uuid NOT NULL REFERENCES screening (id),
        slice integer NOT NULL,
        credit_codes text[] NOT NULL,
        outcomes jsonb,
        PRIMARY KEY (screening_id, slice)
      )`);
    await runner.query(`
      CREATE TABLE screening_result (
        screening_id uuid NOT NULL,
        credit_code varchar(18) COLLATE "C" NOT NULL,
        receipt_id uuid NOT NULL,
        outcome text NOT NULL,
        PRIMARY KEY (screening_id, credit_code)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE screening_result, screening_slice, screening");
  }
}
