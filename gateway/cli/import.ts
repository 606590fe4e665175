/** `hub import FILE...`: facts from NDJSON, CSV and xlsx files. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { FACT_DEPARTMENTS, findFactType } from "../../schema/fact-catalogue";
import { dataFolderOf } from "./data-folder";
import { IMPORT_WORK, openDatabases } from "./databases";
import type { Counts } from "./import/checkpoint";
import { importFile } from "./import/import-file";
import { describeCounts, showProgress } from "./import/progress";
import { openRecorder, type Recorder } from "./import/recorder";
import { rejectPathOf } from "./import/rejects";
import type { RowDefaults } from "./import/row";
import { openStepOrder } from "./import/step-order";

const USAGE = `usage: npm run hub -- import FILE... [--type TYPE] [--department DEPARTMENT]
  FILE          .ndjson, .csv or .xlsx
  --type        the fact type of rows that do not say it
  --department  the department of rows that do not say it`;

interface Order {
  readonly files: readonly string[];
  readonly defaults: RowDefaults;
}

function readOrder(args: readonly string[]): Order {
  const options = { type: { type: "string" }, department: { type: "string" } } as const;
  const { values, positionals: files } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (files.length === 0) throw new Error("no file is named");
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new Error(`there is no file ${missing}`);
  const type = values.type;
  if (type && !findFactType(type)) throw new Error(`there is no fact type ${type}`);
  const department = values.department?.toUpperCase();
  if (department && !FACT_DEPARTMENTS.some((name) => name === department))
    throw new Error(`there is no department ${values.department}`);
  return { files, defaults: { ...(type && { type }), ...(department && { department }) } };
}

async function importOne(path: string, order: Order, recorder: Recorder): Promise<Counts> {
  const progress = showProgress(basename(path));
  try {
    return await importFile(path, {
      defaults: order.defaults,
      dataDir: dataFolderOf(process.env),
      recorder,
      onProgress: progress.update,
      onNote: progress.note,
    });
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  } finally {
    progress.end();
  }
}

async function importAll(order: Order, recorder: Recorder): Promise<Counts> {
  const total: Counts = { recorded: 0, unchanged: 0, corrected: 0, rejected: 0 };
  for (const path of order.files) {
    const counts = await importOne(path, order, recorder);
    for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
    if (counts.rejected > 0) console.error(`${path}: refused rows and reasons are in ${rejectPathOf(path)}`);
    if (order.files.length > 1) console.log(`${path}: ${describeCounts(counts)}`);
  }
  return total;
}

/** The command: exit status 0 when every row was taken, 1 when one was rejected. */
export async function run(args: readonly string[]): Promise<number> {
  let order: Order;
  try {
    order = readOrder(args);
  } catch (error) {
    console.error(`hub import: ${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const databases = await openDatabases(
    FACT_DEPARTMENTS.map((name) => name.toLowerCase() as Lowercase<typeof name>),
    { dataDir: dataFolderOf(process.env), work: IMPORT_WORK, environment: process.env },
  );
  const stepOrder = openStepOrder(databases);
  const recorder = openRecorder(databases, stepOrder.admitSteps);
  try {
    const total = await importAll(order, recorder);
    console.log(describeCounts(total));
    return total.rejected > 0 ? 1 : 0;
  } finally {
    await recorder.close();
    await stepOrder.close();
    await databases.close();
  }
}
