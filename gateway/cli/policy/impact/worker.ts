/** A thread that tries out: takes slices of a population, judges each enterprise under both packs, and gives counts back. */
import { parentPort, workerData } from "node:worker_threads";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import { createComparer } from "../../../../subgraphs/joint/impact/comparison";
import { type Cell, createTally } from "../../../../subgraphs/joint/impact/tally";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import type { GatewayConfig } from "../../../config";
import { readPackAt } from "../pack-folders";
import { lendFromShare } from "./lend-from-files";
import { type Lent, openLender } from "./lend-from-graph";
import { readRegistered } from "./registered";

/** Where evidence comes from: credit codes asked of the graph, or shares of files. */
export type EvidenceSource =
  | { readonly kind: "graph"; readonly config: GatewayConfig }
  | { readonly kind: "files"; readonly answering: readonly FactDepartment[] };

/** What a worker is told when it starts. */
export interface WorkerTask {
  readonly before: PackText;
  readonly after: PackText;
  readonly asOf: string;
  readonly source: EvidenceSource;
}

/** A pack as another thread finds it again, the same as it was. */
export interface PackText {
  readonly folder: string;
  readonly sha256: string;
}

/** Credit codes, or the file of a share; `END` asks for the counts. */
export type Slice = readonly string[] | string;
export type WorkerMessage = Slice | "END";

/** What a worker says. */
export type WorkerAnswer =
  | { readonly kind: "done"; readonly enterprises: number; readonly silent: readonly string[] }
  | { readonly kind: "counts"; readonly cells: readonly Cell[] }
  | { readonly kind: "fault"; readonly message: string };

const task = workerData as WorkerTask;
const answer = (message: WorkerAnswer): void => parentPort!.postMessage(message);

async function readAgain({ folder, sha256 }: PackText): Promise<Pack> {
  const pack = await readPackAt(folder);
  if (pack.scheme.sha256 === sha256) return pack;
  throw new Error(`${folder} was changed while it was tried out; start again`);
}

async function openWork() {
  const { asOf, source } = task;
  const [before, after] = [await readAgain(task.before), await readAgain(task.after)];
  const lender = source.kind === "graph" ? openLender(source.config, before, asOf) : undefined;
  const lend = async (slice: Slice): Promise<Lent> =>
    typeof slice === "string"
      ? lendFromShare(slice, { asOf, answering: source.kind === "files" ? source.answering : [] })
      : lender!.lend(slice);
  return { lend, compare: createComparer({ before, after, asOf }), close: async () => lender?.close() };
}

const working = openWork();
const tally = createTally();

async function tryOut(slice: Slice): Promise<void> {
  const { lend, compare } = await working;
  const lent = await lend(slice);
  const silent = new Set<string>();
  for (const [creditCode, evidence] of lent) {
    for (const [department, { status }] of Object.entries(evidence))
      if (status === "UNKNOWN") silent.add(department);
    tally.add(
      readRegistered(creditCode, evidence, task.asOf),
      comparing(creditCode, () => compare(evidence)),
    );
  }
  answer({ kind: "done", enterprises: lent.size, silent: [...silent] });
}

function comparing<Result>(creditCode: string, compare: () => Result): Result {
  try {
    return compare();
  } catch (error) {
    throw new Error(`${creditCode} cannot be judged: ${(error as Error).message}`, { cause: error });
  }
}

async function end(): Promise<void> {
  answer({ kind: "counts", cells: tally.cells() });
  await (await working).close();
  parentPort!.close();
}

parentPort!.on("message", (message: WorkerMessage) => {
  const work = message === "END" ? end() : tryOut(message);
  work.catch((error: unknown) =>
    answer({ kind: "fault", message: error instanceof Error ? error.message : String(error) }),
  );
});
