/** `policy impact A B`: the whole population under two packs, before one of them is signed. Nothing is recorded. */
import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { localDateAt, toLocalDate } from "../../../schema/values";
import { movesOf } from "../../../subgraphs/joint/impact/moves";
import { questionsAbout } from "../../../subgraphs/joint/impact/questions";
import type { Pack } from "../../../subgraphs/joint/policy/pack/pack";
import { readGatewayConfig } from "../../config";
import { findPack } from "./find-pack";
import { describeMoves } from "./impact/describe-moves";
import { drawPicture } from "./impact/draw-picture";
import { readPopulation } from "./impact/lend-from-graph";
import { splitFiles } from "./impact/split-files";
import { type TriedOut, tryOut } from "./impact/try-out";
import type { EvidenceSource, PackText } from "./impact/worker";
import { writeExamples, writeMoves } from "./impact/write-csv";

const USAGE = `usage: npm run hub -- policy impact A B [--as-of DAY] [--facts DIR] [--out NAME]
  A, B         folders of packs, published or not; or <scheme>/<version>; or <scheme>, in the version of the day
  --as-of      the day asked about; today unless given
  --facts DIR  the facts of files as 'hub generate' writes them (safety.ndjson and so on) instead of the running hub's
  --out NAME   writes NAME.csv, NAME.examples.csv and NAME.svg; 'impact' unless given`;

const SLICE_CODES = 1_000;
const PROGRESS_MS = 1_000;

interface Options {
  readonly names: readonly [before: string, after: string];
  readonly asOf: string;
  readonly facts: string | undefined;
  readonly out: string;
}

function readOptions(args: readonly string[]): Options {
  const text = { type: "string" } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { "as-of": text, facts: text, out: text },
      allowPositionals: true,
    });
    const [before, after, ...more] = positionals;
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`two packs are compared, not ${positionals.length}`);
    return {
      names: [before, after],
      asOf: readDay(values["as-of"]),
      facts: readFolder(values.facts),
      out: readOut(values.out ?? "impact"),
    };
  } catch (error) {
    throw new Error(`policy impact: ${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

function readDay(text: string | undefined): string {
  if (text === undefined) return localDateAt(new Date());
  try {
    return toLocalDate(text);
  } catch (error) {
    throw new Error(`--as-of ${text}: ${(error as Error).message}`, { cause: error });
  }
}

function readFolder(folder: string | undefined): string | undefined {
  if (folder === undefined || (existsSync(folder) && statSync(folder).isDirectory())) return folder;
  throw new Error(`--facts ${folder}: there is no such folder`);
}

// Looked at first: nobody wants to hear of it after three minutes.
function readOut(name: string): string {
  if (existsSync(dirname(resolve(name)))) return name;
  throw new Error(`--out ${name}: the folder ${dirname(resolve(name))} is not there`);
}

function showProgress(): (enterprises: number, silent: ReadonlySet<string>) => void {
  const startedAt = performance.now();
  let shownAt = startedAt;
  return (enterprises, silent) => {
    const now = performance.now();
    if (now - shownAt < PROGRESS_MS) return;
    shownAt = now;
    const seconds = (now - startedAt) / 1_000;
    const who = silent.size > 0 ? `; silent: ${[...silent].sort().join(", ")}` : "";
    console.error(
      `${enterprises} enterprises tried out, ${Math.round(enterprises / seconds)}/s, ${Math.round(seconds)} s${who}`,
    );
  };
}

interface PackPair {
  readonly before: Pack;
  readonly after: Pack;
}

const textOf = ({ folder, scheme: { sha256 } }: Pack): PackText => ({ folder, sha256 });

async function tryOutOnAll({ before, after }: PackPair, { asOf, facts }: Options): Promise<TriedOut> {
  const task = (source: EvidenceSource) => ({
    before: textOf(before),
    after: textOf(after),
    asOf,
    source,
  });
  if (facts === undefined) {
    const config = readGatewayConfig(process.env);
    const slices = readPopulation(config, before, SLICE_CODES);
    return tryOut(slices, task({ kind: "graph", config }), showProgress());
  }
  const shares = await splitFiles(facts);
  try {
    return await tryOut(shares.files, task({ kind: "files", answering: shares.answering }), showProgress());
  } finally {
    shares.remove();
  }
}

// A changed copy of a version bears its name; the beginning of the hash tells them apart.
function titleOf({ before, after }: PackPair, asOf: string): string {
  const [one, other] = [before.scheme, after.scheme];
  const isCopy = one.id === other.id && one.version === other.version;
  const names = [one, other].map(
    ({ id, version, sha256 }) => `${id} ${version}${isCopy ? ` (${sha256.slice(0, 8)})` : ""}`,
  );
  return `${names.join(" -> ")}, as of ${asOf}`;
}

function describeEnd({ enterprises, silent }: TriedOut, seconds: number): string {
  const memory = Math.round(process.resourceUsage().maxRSS / 1_024);
  const who = silent.size > 0 ? `; silent for some or all: ${[...silent].sort().join(", ")}` : "";
  return `${enterprises.toLocaleString("en")} enterprises tried out in ${seconds.toFixed(1)} s, at most ${memory} MB${who}`;
}

/** Exit status 0 when the whole population was tried out. */
export async function runImpact(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const { asOf, out, names } = options;
  const [before, after] = [await findPack(names[0], asOf), await findPack(names[1], asOf)];
  const startedAt = performance.now();
  const tried = await tryOutOnAll({ before, after }, options);
  const moves = movesOf(tried.cells, questionsAbout([before, after]));
  const title = titleOf({ before, after }, asOf);
  writeMoves(moves, `${out}.csv`);
  writeExamples(moves, `${out}.examples.csv`);
  writeFileSync(`${out}.svg`, drawPicture(title, moves));
  console.log(title);
  console.log(describeEnd(tried, (performance.now() - startedAt) / 1_000));
  for (const line of describeMoves(moves)) console.log(line);
  console.log(`\n${out}.csv, ${out}.examples.csv, ${out}.svg`);
  return 0;
}
