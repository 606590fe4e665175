/** `hub screen`: one decision for each of many enterprises, by a queue of workers, into a file. The hub must be running. */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import { toCreditCode } from "../../schema/credit-code";
import { toInstant, toLocalDate } from "../../schema/values";
import { policiesFolder } from "../../subgraphs/joint";
import { PURPOSES, type Purpose } from "../../subgraphs/joint/assessment/assessment";
import { loadPacks } from "../../subgraphs/joint/policy/pack/load-packs";
import { readScreeningQuestion, requireScheme } from "../../subgraphs/joint/screening/read-question";
import { readScreeningRows } from "../../subgraphs/joint/screening/results";
import type { Screening } from "../../subgraphs/joint/screening/screening";
import {
  openScreenings,
  type ScreenedPopulation,
  type Screenings,
} from "../../subgraphs/joint/screening/screenings";
import { readGatewayConfig } from "../config";
import { openScreeningWorker } from "./screening/open-worker";
import { dataFolderOf } from "./data-folder";
import { openDatabases } from "./databases";
import { findWriter } from "./screening/write-rows";

const USAGE = `usage: npm run hub -- screen --purpose P (--all | --codes FILE) --out FILE.{csv,ndjson,xlsx}
         [--scheme ID] [--as-of DAY] [--known-at INSTANT]
       npm run hub -- screen --resume ID --out FILE      goes on with a screening that was interrupted
       npm run hub -- screen --cancel ID`;

const PROGRESS_MS = 1_000;

interface ScreenOptions {
  readonly purpose?: string;
  readonly all?: boolean;
  readonly codes?: string;
  readonly out?: string;
  readonly scheme?: string;
  readonly "as-of"?: string;
  readonly "known-at"?: string;
  readonly resume?: string;
  readonly cancel?: string;
}

function readOptions(args: readonly string[]): ScreenOptions {
  const text = { type: "string" } as const;
  const options = {
    purpose: text,
    all: { type: "boolean" },
    codes: text,
    out: text,
    scheme: text,
    "as-of": text,
    "known-at": text,
    resume: text,
    cancel: text,
  } as const;
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

function readPopulation({ all, codes }: ScreenOptions): ScreenedPopulation {
  if (Boolean(all) === (codes !== undefined)) throw new Error(`either --all or --codes FILE\n${USAGE}`);
  if (codes === undefined) return "ALL";
  return readFileSync(codes, "utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.split(",", 1)[0]!.trim())
    .flatMap((code, index) =>
      code === "" || (index === 0 && code === "creditCode") ? [] : [readCode(code, index)],
    );
}

function readCode(code: string, index: number): string {
  try {
    return toCreditCode(code);
  } catch (error) {
    throw new Error(`line ${index + 1}: ${(error as Error).message}`, { cause: error });
  }
}

async function startScreening(screenings: Screenings, options: ScreenOptions): Promise<Screening> {
  const purpose = PURPOSES.find((one): one is Purpose => one === options.purpose);
  if (!purpose) throw new Error(`--purpose takes one of ${PURPOSES.join(", ")}\n${USAGE}`);
  const question = readScreeningQuestion({
    purpose,
    scheme: options.scheme ?? null,
    asOf: options["as-of"] === undefined ? null : toLocalDate(options["as-of"]),
    knownAt: options["known-at"] === undefined ? null : toInstant(options["known-at"]),
  });
  const population = readPopulation(options);
  // Without a scheme nothing of the packs needs to be known yet: the hub's worker begins while this process loads them.
  if (question.scheme !== null) requireScheme(question, await loadPacks(policiesFolder));
  return screenings.start(question, population, "command line");
}

async function findScreening(screenings: Screenings, id: string): Promise<Screening> {
  const screening = /^[0-9a-f-]{36}$/i.test(id) ? await screenings.find(id) : undefined;
  if (screening) return screening;
  throw new Error(`there is no screening ${id}`);
}

/** When somebody began to watch a screening, and how far it had come by then. */
interface Start {
  readonly at: number;
  readonly done: number;
}

function showProgress({ id, state, done, total, outcomes }: Screening, start: Start): void {
  const seconds = (performance.now() - start.at) / 1000;
  const perSecond = Math.round((done - start.done) / seconds);
  const counts = outcomes.map(({ outcome, count }) => `${count} ${outcome}`).join(", ");
  console.error(
    `screening ${id} ${state.toLowerCase()}: ${done} of ${state === "WAITING" ? "?" : total}, ${perSecond}/s${counts && `; ${counts}`}`,
  );
}

async function waitForEnd(screenings: Screenings, id: string, start: Start): Promise<Screening> {
  for (;;) {
    const screening = await findScreening(screenings, id);
    showProgress(screening, start);
    if (screening.state === "FINISHED" || screening.state === "CANCELLED") return screening;
    await sleep(PROGRESS_MS);
  }
}

async function screen(options: ScreenOptions, databaseUrl: string, pool: Pool): Promise<number> {
  const screenings = openScreenings(pool);
  try {
    if (options.cancel !== undefined) {
      const { done } = await findScreening(screenings, options.cancel);
      const start = { at: performance.now(), done };
      showProgress((await screenings.cancel(options.cancel))!, start);
      return 0;
    }
    if (options.out === undefined) throw new Error(`--out is missing\n${USAGE}`);
    const write = findWriter(options.out);
    const { id, done } =
      options.resume === undefined
        ? await startScreening(screenings, options)
        : await findScreening(screenings, options.resume);
    const start = { at: performance.now(), done };
    if (options.resume !== undefined) await screenings.resume(id);
    console.error(
      `screening ${id}; if interrupted: npm run hub -- screen --resume ${id} --out ${options.out}`,
    );
    const worker = await openScreeningWorker(readGatewayConfig(process.env), {
      databaseUrl,
      dataDir: dataFolderOf(process.env),
    });
    const ended = await waitForEnd(screenings, id, start).finally(worker.close);
    await write(readScreeningRows(pool, id), options.out);
    console.log(`${ended.done} enterprises screened, ${ended.state.toLowerCase()}: ${options.out}`);
    return ended.state === "FINISHED" ? 0 : 1;
  } finally {
    await screenings.close();
  }
}

/** Exit status 0 when every enterprise was decided on. */
export async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const dataDir = dataFolderOf(process.env);
  const databases = await openDatabases(["joint"], {
    dataDir,
    work: "a screening",
    environment: process.env,
  });
  const databaseUrl = databases.urlOf("joint");
  const pool = new Pool({ connectionString: databaseUrl, max: 4 });
  try {
    return await screen(options, databaseUrl, pool);
  } finally {
    await pool.end();
    await databases.close();
  }
}
