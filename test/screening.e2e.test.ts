/** Screenings as their users ask for them: with the command, over the graph, interrupted, and cancelled. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSheet } from "read-excel-file/node";
import {
  ask,
  createHubPlace,
  type HubPlace,
  runHubCommand,
  startHubCommand,
  startTestHub,
  subgraphProcess,
  type TestHub,
  waitUntil,
} from "./hub";

const GENERATED = 4_000;
const barred = "91330206FAKE000138";
const nobody = "91330206FAKE03070T";
const asOf = "2013-12-31";

interface Result {
  readonly creditCode: string;
  readonly outcome: string;
  readonly onRecord: boolean;
  readonly missing: readonly string[];
  readonly sentence: string;
  readonly receipt: string;
  readonly jws: string;
}

interface Screening {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly outcomes: readonly { readonly outcome: string; readonly count: number }[];
  readonly results: readonly Result[];
}

const PROGRESS = "id state total done outcomes { outcome count }";
const RESULT = "creditCode outcome onRecord missing sentence(language: EN) receipt jws";
const START = `mutation Start($input: StartScreeningInput!) { screening: startScreening(input: $input) { ${PROGRESS} } }`;
const WATCH = `query Watch($id: ID!, $first: Int!, $after: CreditCode) {
  screening(id: $id) { ${PROGRESS} results(first: $first, after: $after) { ${RESULT} } }
}`;

let place: HubPlace;
let hub: TestHub;

const fileOf = (name: string): string => join(place.dataDir, name);
const linesOf = (name: string): readonly string[] =>
  readFileSync(fileOf(name), "utf8")
    .split("\n")
    .filter((line) => line !== "");

function screen(...args: readonly string[]) {
  return runHubCommand(place, ["screen", ...args]);
}

function writeCodes(...codes: readonly string[]): string {
  const file = fileOf("codes.txt");
  writeFileSync(file, codes.join("\n"));
  return file;
}

/** How far a screening is, with a page of its results; null where the page is refused. */
async function watch(id: string, first = 1, after: string | null = null): Promise<Screening> {
  const { screening } = await ask<{ screening: Screening }>(place, WATCH, { id, first, after });
  return screening;
}

async function startScreening(input: object): Promise<Screening> {
  const { screening } = await ask<{ screening: Screening }>(place, START, { input });
  return screening;
}

async function finish(id: string): Promise<void> {
  await waitUntil(
    async () => (await watch(id)).state === "FINISHED",
    () => `the screening ${id} does not end`,
  );
}

beforeAll(async () => {
  place = await createHubPlace();
  hub = await startTestHub(place);
  const city = fileOf("city");
  const size = ["--enterprises", String(GENERATED), "--seed", "5"];
  const made = await runHubCommand(place, ["generate", ...size, "--out", city]);
  expect(made.status).toBe(0);
  const files = ["safety", "tax", "finance"].map((name) => join(city, `${name}.ndjson`));
  const imported = await runHubCommand(place, ["import", ...files]);
  expect(imported.stderr + imported.stdout).toContain(" 0 rejected");
}, 240_000);

afterAll(async () => {
  await hub.stop();
  place.remove();
});

test("every kind of file holds one row for each enterprise asked about, the unknown ones included", async () => {
  const codes = writeCodes("creditCode", barred, nobody, barred, "");
  const question = ["--purpose", "REBATE", "--scheme", "nb-smart-safety", "--as-of", asOf, "--codes", codes];
  for (const ending of ["csv", "ndjson", "xlsx"]) {
    const { status, stderr } = await screen(...question, "--out", fileOf(`few.${ending}`));
    expect(`${status} ${stderr}`).toMatch(/^0 /);
  }
  const rows = linesOf("few.ndjson").map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows).toMatchObject([
    { creditCode: barred, outcome: "BARRED", onRecord: true, missing: "" },
    { creditCode: nobody, outcome: "NORMAL", missing: "" },
  ]);
  const [header, ...csv] = linesOf("few.csv");
  expect(header).toBe(
    "\uFEFFcreditCode,outcome,onRecord,missing,reviewOn,scheme,version,sentenceZh,sentenceEn,receipt",
  );
  expect(csv.map((line) => line.split(",").slice(0, 2))).toEqual([
    [barred, "BARRED"],
    [nobody, "NORMAL"],
  ]);
  const sheet = await readSheet(fileOf("few.xlsx"));
  expect(sheet.map((row) => row.slice(0, 2))).toEqual([
    ["creditCode", "outcome"],
    [barred, "BARRED"],
    [nobody, "NORMAL"],
  ]);
}, 60_000);

test("a code that is none is refused with its line, before anything is decided", async () => {
  const codes = writeCodes(barred, "91330206FAKE000139");
  const { status, stderr } = await screen("--purpose", "LOAN", "--codes", codes, "--out", fileOf("bad.csv"));
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/line 2: .*check/);
});

test("what was asked for over the graph is read there by the page, with receipts that verify", async () => {
  const { id, total } = await startScreening({ purpose: "REBATE", creditCodes: [barred, nobody], asOf });
  expect(total).toBe(2);
  await finish(id);
  const [first] = (await watch(id, 1)).results;
  const [second, ...more] = (await watch(id, 1_000, first!.creditCode)).results;
  expect([first, second, ...more]).toMatchObject([
    { creditCode: barred, outcome: "BARRED", onRecord: true, missing: [] },
    { creditCode: nobody, outcome: "NORMAL", missing: [] },
  ]);
  expect(first!.sentence).toMatch(/^Tax rebate: barred/);
  writeFileSync(fileOf("receipt.jws"), first!.jws);
  const verified = await runHubCommand(place, ["receipt", "verify", fileOf("receipt.jws")]);
  expect(`${verified.status} ${verified.stdout}`).toMatch(/^0 /);
  expect(await watch(id, 1_001)).toBeNull();
}, 60_000);

test("a command that was killed is resumed: nobody is decided on twice, nobody is left out", async () => {
  const out = fileOf("all.ndjson");
  const { child, result } = startHubCommand(place, ["screen", "--purpose", "LOAN", "--all", "--out", out]);
  let said = "";
  child.stderr!.on("data", (text: string) => (said += text));
  await waitUntil(
    () => said.includes("--resume"),
    () => `no screening was started: ${said}`,
  );
  child.kill("SIGKILL");
  await result;
  const id = /--resume (\S+)/.exec(said)![1]!;
  const { status, stderr } = await screen("--resume", id, "--out", out);
  expect(`${status} ${stderr}`).toMatch(/^0 /);
  const { done, total, outcomes } = await watch(id);
  const codes = linesOf("all.ndjson").map((line) => (JSON.parse(line) as Result).creditCode);
  expect(total).toBeGreaterThanOrEqual(GENERATED);
  expect(done).toBe(total);
  expect(outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  expect(codes).toHaveLength(total);
  expect(new Set(codes).size).toBe(total);
}, 120_000);

test("a cancelled screening decides nothing more, and says so", async () => {
  const safety = subgraphProcess(place, "safety");
  process.kill(safety, "SIGSTOP");
  const { id } = await startScreening({ purpose: "LOAN", all: true });
  const { status } = await screen("--cancel", id);
  process.kill(safety, "SIGCONT");
  expect(status).toBe(0);
  const { state, results } = await watch(id);
  expect({ state, results }).toEqual({ state: "CANCELLED", results: [] });
  const { status: resumed } = await screen("--resume", id, "--out", fileOf("cancelled.csv"));
  expect(resumed).toBe(1);
}, 60_000);
