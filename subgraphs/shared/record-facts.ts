/**
 * The one way into a department's tables: mutations, imports and seeding all come through `recordFacts`. Rows are
 * decided in the order given, as if each had been sent alone, and written by a few set-based statements.
 */
import type { Pool, PoolClient } from "pg";
import { v7 as uuidV7 } from "uuid";
import { HubError, type HubErrorCode } from "../../schema/errors";
import type { WriteLimits } from "./database";
import type { AdmitSteps } from "./admit-steps";
import { decideFact, type FactVersion } from "./decide-fact";
import { quoteTable } from "./fact-table";
import { keyOf, readVersions } from "./fact-versions";
import { findUnordered } from "./order-steps";
import { BATCH_WRITE, SINGLE_WRITE, inRecording, statement } from "./recording";
import { type FactInput, type FactValidator, type ValidFact, createFactValidator } from "./validate-fact";
import type { FactDepartment } from "../../schema/fact-catalogue";

/** What became of one row. `id` is the version that now says what the row said. */
export type FactOutcome =
  | { readonly outcome: "recorded" | "unchanged" | "corrected"; readonly id: string }
  | { readonly outcome: "rejected"; readonly code: HubErrorCode; readonly reason: string };

/** Columns that a department fills from a fact's content when it writes it (names made searchable). */
export type DerivedColumns = (
  columns: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;

/** Whose facts are recorded. */
export interface FactKeeper {
  readonly department: FactDepartment;
  /** By fact type. */
  readonly derivedColumns?: Readonly<Record<string, DerivedColumns>>;
}

/** How rows are taken. */
export interface RecordOptions {
  /** The caller may say when a fact was recorded (`recordedAt`); otherwise a row that says so is rejected. */
  readonly mayMigrateHistory: boolean;
  /**
   * The rows come from a file that may have been imported before: a row that equals an earlier version of its fact was
   * imported then and is `unchanged`. Without it, only the latest version counts as the same.
   */
  readonly isReplay: boolean;
  /** Who says whether steps of procedures are in order; absent for what the hub itself records as a demonstration. */
  readonly admitSteps?: AdmitSteps;
}

/** Rows of one transaction; other writers of the department wait for it, so it is kept short. */
export const FACTS_PER_BATCH_MAX = 10_000;
const FUTURE_MAX_MS = 5 * 60_000;

interface Pending {
  readonly fact: ValidFact;
  readonly index: number;
}

/** The changes to one fact type's table. */
interface TableChanges {
  readonly inserts: Map<string, Record<string, unknown>>;
  readonly closings: { readonly creditCode: string; readonly id: string; readonly at: string }[];
}

const validators = new Map<FactDepartment, FactValidator>();

function validatorOf(department: FactDepartment): FactValidator {
  const validator = validators.get(department) ?? createFactValidator(department);
  validators.set(department, validator);
  return validator;
}

const isWritten = ({ outcome }: FactOutcome): boolean => outcome === "recorded" || outcome === "corrected";

const rejected = (code: HubErrorCode, reason: string): FactOutcome => ({ outcome: "rejected", code, reason });

function checkRecordedAt({ recordedAt }: ValidFact, { mayMigrateHistory }: RecordOptions): void {
  if (recordedAt === undefined) return;
  if (!mayMigrateHistory)
    throw new HubError("FORBIDDEN", "recordedAt: only a caller who may migrate history gives it.");
  if (Date.parse(recordedAt) > Date.now() + FUTURE_MAX_MS)
    throw new HubError("BAD_USER_INPUT", "recordedAt: it lies in the future.");
}

function validateAll(
  { department }: FactKeeper,
  rows: readonly FactInput[],
  options: RecordOptions,
): { readonly pending: Pending[]; readonly outcomes: (FactOutcome | undefined)[] } {
  const validate = validatorOf(department);
  const pending: Pending[] = [];
  const outcomes = rows.map((row, index): FactOutcome | undefined => {
    try {
      const fact = validate(row);
      checkRecordedAt(fact, options);
      pending.push({ fact, index });
      return undefined;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      return rejected(error.code, error.message);
    }
  });
  return { pending, outcomes };
}

function toRow(fact: ValidFact, version: FactVersion, corrects: string | null): Record<string, unknown> {
  return {
    credit_code: fact.creditCode,
    id: version.id,
    document_number: fact.documentNumber,
    recorded_at: version.recordedAt,
    superseded_at: null,
    status_reason: null,
    corrects,
    content_digest: `\\x${fact.digest}`,
    ...fact.columns,
  };
}

function applyFact(
  { fact }: Pending,
  versions: FactVersion[],
  { changes, clock, options }: { changes: TableChanges; clock: string; options: RecordOptions },
): FactOutcome {
  const decision = decideFact(fact, versions, { clock, isReplay: options.isReplay });
  if (decision.kind === "rejected") return rejected(decision.code, decision.reason);
  if (decision.kind === "unchanged") return { outcome: "unchanged", id: decision.id };
  const version: FactVersion = {
    id: uuidV7(),
    digest: fact.digest,
    recordedAt: decision.recordedAt,
    latest: true,
    correction: decision.kind === "corrected",
  };
  const replaced = decision.kind === "corrected" ? decision.replaces : undefined;
  if (replaced) {
    replaced.latest = false;
    const unwritten = changes.inserts.get(replaced.id);
    if (unwritten) unwritten["superseded_at"] = version.recordedAt;
    else changes.closings.push({ creditCode: fact.creditCode, id: replaced.id, at: version.recordedAt });
  }
  versions.push(version);
  changes.inserts.set(version.id, toRow(fact, version, replaced?.id ?? null));
  return { outcome: decision.kind, id: version.id };
}

async function closeVersions(
  client: PoolClient,
  table: string,
  { closings, limits }: { closings: TableChanges["closings"]; limits: WriteLimits },
): Promise<void> {
  for (const [at, closed] of Map.groupBy(closings, (closing) => closing.at)) {
    await client.query(
      statement(
        `UPDATE ${table} SET superseded_at = $3
          WHERE credit_code = ANY($1) AND id = ANY($2::uuid[]) AND superseded_at IS NULL`,
        [closed.map(({ creditCode }) => creditCode), closed.map(({ id }) => id), at],
        limits,
      ),
    );
  }
}

async function writeType(
  client: PoolClient,
  pending: readonly Pending[],
  context: { keeper: FactKeeper; clock: string; options: RecordOptions; limits: WriteLimits },
): Promise<Map<number, FactOutcome>> {
  const { keeper, limits } = context;
  const type = pending[0]!.fact.type;
  const table = quoteTable(type);
  const versions = await readVersions(
    client,
    pending.map(({ fact }) => fact),
    limits,
  );
  const changes: TableChanges = { inserts: new Map(), closings: [] };
  const outcomes = new Map(
    pending.map((row) => [
      row.index,
      applyFact(row, versions.get(keyOf(row.fact))!, { changes, ...context }),
    ]),
  );
  await closeVersions(client, table, { closings: changes.closings, limits });
  if (changes.inserts.size === 0) return outcomes;
  const derive = keeper.derivedColumns?.[type.name];
  const rows = [...changes.inserts.values()].map((row) => (derive ? { ...row, ...derive(row) } : row));
  const columns = Object.keys(rows[0]!)
    .map((column) => `"${column}"`)
    .join(", ");
  await client.query(
    statement(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
      limits,
    ),
  );
  return outcomes;
}

/**
 * Records facts in one durable transaction and says, row by row, what became of them: `recorded`; `unchanged` when the
 * same is there already; `corrected` when the row is a correction; `rejected` with the reason. Rejected rows do not
 * keep the others out. Throws HubError LIMIT_EXCEEDED for more than 10,000 rows, SERVICE_UNAVAILABLE when the database
 * cannot be written or the order of steps cannot be told; then nothing was recorded, and repeating the call is safe.
 */
export async function recordFacts(
  pool: Pool,
  { keeper, rows }: { readonly keeper: FactKeeper; readonly rows: readonly FactInput[] },
  options: RecordOptions,
): Promise<readonly FactOutcome[]> {
  if (rows.length > FACTS_PER_BATCH_MAX)
    throw new HubError("LIMIT_EXCEEDED", `At most ${FACTS_PER_BATCH_MAX} facts are recorded at once.`);
  const { pending: valid, outcomes } = validateAll(keeper, rows, options);
  const limits = rows.length === 1 ? SINGLE_WRITE : BATCH_WRITE;
  const unordered = await findUnordered(
    pool,
    valid.map(({ fact }) => fact),
    { ...options, department: keeper.department, limits },
  );
  const pending = valid.filter(({ fact, index }) => {
    const sentence = unordered.get(fact);
    if (sentence !== undefined) outcomes[index] = rejected("PROCEDURE_STEP_OUT_OF_ORDER", sentence);
    return sentence === undefined;
  });
  if (pending.length === 0) return outcomes as FactOutcome[];
  return inRecording(pool, limits, async ({ client, clock, markChanged }) => {
    for (const group of Map.groupBy(pending, ({ fact }) => fact.type).values()) {
      const written = await writeType(client, group, { keeper, clock, options, limits });
      for (const [index, outcome] of written) outcomes[index] = outcome;
      for (const { fact, index } of group) if (isWritten(outcomes[index]!)) markChanged(fact.creditCode);
    }
    return outcomes as FactOutcome[];
  });
}
