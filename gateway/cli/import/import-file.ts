/** One file into the departments' databases, in batches, each of which is durable before the next is counted. */
import { FACT_DEPARTMENTS, type FactDepartment, findFactType } from "../../../schema/fact-catalogue";
import type { FactOutcome } from "../../../subgraphs/shared/record-facts";
import type { FactInput } from "../../../subgraphs/shared/validate-fact";
import { type Checkpoint, type CheckpointFile, checkpointOf, type Counts } from "./checkpoint";
import type { Recorder } from "./recorder";
import { areRejectsKept, openRejectFile, type Reject, type RejectFile } from "./rejects";
import type { RowDefaults, Source, SourceRow } from "./row";
import { openSource } from "./source";

// Other writers of a department wait for a batch.
const BATCH_ROWS = 4_000;

/** What an import needs besides the file. */
export interface ImportContext {
  readonly defaults: RowDefaults;
  readonly dataDir: string;
  readonly recorder: Recorder;
  readonly onProgress: (counts: Counts) => void;
  readonly onNote: (sentence: string) => void;
}

type Routed = { readonly department: FactDepartment; readonly fact: FactInput } | { readonly reason: string };

/** Whose fact a row is: said by the row, or by its type when only one department records it. */
export function routeRow({ fact, fault }: SourceRow): Routed {
  if (!fact) return { reason: fault! };
  const type = findFactType(String(fact["type"] ?? ""));
  if (!type)
    return {
      reason: fact["type"]
        ? `type: there is no fact type ${String(fact["type"]).slice(0, 100)}.`
        : "type: a value is required.",
    };
  const said = String(fact["department"] ?? "").toUpperCase();
  const department = said === "" && type.departments.length === 1 ? type.departments[0]! : said;
  if (department === "")
    return {
      reason: `department: ${type.departments.join(", ")} record ${type.name}; the row must say whose it is.`,
    };
  if (!FACT_DEPARTMENTS.includes(department as FactDepartment))
    return { reason: `department: one of ${FACT_DEPARTMENTS.join(", ")} is expected.` };
  return { department: department as FactDepartment, fact: { ...fact, department } };
}

async function recordBatch(rows: readonly SourceRow[], recorder: Recorder): Promise<readonly FactOutcome[]> {
  const routed = rows.map(routeRow);
  const outcomes: FactOutcome[] = routed.map((route) => ({
    outcome: "rejected",
    code: "BAD_USER_INPUT",
    reason: "reason" in route ? route.reason : "",
  }));
  const told = routed.flatMap((route, index) => ("department" in route ? [{ ...route, index }] : []));
  const isStep = ({ fact }: { readonly fact: FactInput }): boolean => fact["type"] === "ProcedureStep";
  // Whether a step is in order is asked of what is on record: of the entries and grounds beside it in the file as well.
  for (const wave of [told.filter((row) => !isStep(row)), told.filter(isStep)]) {
    const groups = Map.groupBy(wave, ({ department }) => department);
    await Promise.all(
      [...groups].map(async ([department, group]) => {
        const answers = await recorder.record(
          department,
          group.map(({ fact }) => fact),
        );
        for (const [nth, { index }] of group.entries()) outcomes[index] = answers[nth]!;
      }),
    );
  }
  return outcomes;
}

const rejectsOf = (rows: readonly SourceRow[], outcomes: readonly FactOutcome[]): Reject[] =>
  outcomes.flatMap((outcome, index) =>
    outcome.outcome === "rejected" ? [{ row: rows[index]!, reason: outcome.reason }] : [],
  );

async function* batchesOf(
  rows: AsyncIterable<SourceRow>,
  skip: number,
): AsyncGenerator<readonly SourceRow[]> {
  let batch: SourceRow[] = [];
  let left = skip;
  for await (const row of rows) {
    if (left-- > 0) continue;
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface Run {
  readonly context: ImportContext;
  readonly rejects: RejectFile;
  readonly checkpoint: CheckpointFile;
  readonly counts: Counts;
  rows: number;
}

async function commitBatch(run: Run, batch: readonly SourceRow[]): Promise<void> {
  const outcomes = await recordBatch(batch, run.context.recorder);
  for (const { outcome } of outcomes) run.counts[outcome]++;
  run.rows += batch.length;
  const rejectBytes = run.rejects.add(rejectsOf(batch, outcomes));
  run.checkpoint.write({ rows: run.rows, lastBatchRows: batch.length, counts: run.counts, rejectBytes });
  run.context.onProgress(run.counts);
}

// One batch is read while the one before it is written.
async function commitAll(run: Run, source: Source): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  for await (const batch of batchesOf(source.rows, run.rows)) {
    await writing;
    writing = commitBatch(run, batch);
    // A failure is met at the next `await`; until then it must not count as unhandled.
    writing.catch(() => undefined);
  }
  await writing;
}

// The rows of the last batch must be there. A database that was emptied or restored since does not have them.
async function isStillThere(
  { rows, lastBatchRows }: Checkpoint,
  source: Source,
  recorder: Recorder,
): Promise<boolean> {
  for await (const batch of batchesOf(source.rows, rows - lastBatchRows)) {
    const outcomes = await recordBatch(batch.slice(0, lastBatchRows), recorder);
    return outcomes.every(({ outcome }) => outcome === "unchanged" || outcome === "rejected");
  }
  return false;
}

const nothing = (): Checkpoint => ({
  rows: 0,
  lastBatchRows: 0,
  counts: { recorded: 0, unchanged: 0, corrected: 0, rejected: 0 },
  rejectBytes: 0,
});

/** Imports a file, going on where an interrupted import of it stopped; the counts are those of the whole file. */
export async function importFile(path: string, context: ImportContext): Promise<Counts> {
  const { defaults, dataDir, recorder, onNote } = context;
  let source = await openSource(path, defaults);
  if (source.columnsLeftOut.length > 0)
    onNote(`no field holds the columns ${source.columnsLeftOut.join(", ")}`);
  const checkpoint = checkpointOf(dataDir, path, defaults);
  let start = checkpoint.read();
  if (start) {
    const isSound =
      areRejectsKept(path, start.rejectBytes, source) && (await isStillThere(start, source, recorder));
    source = await openSource(path, defaults);
    if (isSound) onNote(`goes on after row ${start.rows}, where it was interrupted`);
    else start = undefined;
  }
  const { rows, counts, rejectBytes } = start ?? nothing();
  const rejects = openRejectFile(path, rejectBytes, source);
  const run: Run = { context, rejects, checkpoint, counts, rows };
  try {
    await commitAll(run, source);
  } catch (error) {
    await rejects.close(false);
    throw error;
  }
  await rejects.close(true);
  checkpoint.remove();
  return counts;
}
