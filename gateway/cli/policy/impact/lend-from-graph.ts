/** Evidence as the graph lends it: slices of credit codes, asked of the departments as for any decision. */
import { setTimeout as sleep } from "node:timers/promises";
import type { FactDepartment } from "../../../../schema/fact-catalogue";
import type { Evidence } from "../../../../subgraphs/joint/evidence/evidence";
import { LEND_EVIDENCE, openTrialSubgraph } from "../../../../subgraphs/joint/impact/trial-subgraph";
import type { Pack } from "../../../../subgraphs/joint/policy/pack/pack";
import type { GatewayConfig } from "../../../config";
import { openWorkerGraph, type WorkerGraph } from "../../screening/ask-graph";
import { asLocalSubgraph } from "../../start/joint";

/** Evidence by credit code. */
export type Lent = ReadonlyMap<string, Evidence>;

/** The graph as it lends evidence. */
export interface Lender {
  readonly lend: (creditCodes: readonly string[]) => Promise<Lent>;
  readonly close: () => Promise<void>;
}

// Small, so that a page that is not in memory yet stays within the department's own limits.
const POPULATION_PAGE = 2_000;
const REGISTERED = `query RegisteredCodes($first: Int!, $after: CreditCode) {
  registeredCreditCodes(first: $first, after: $after)
}`;
/** A busy department is asked again; one that stays silent is believed to be. */
const WAITS_MS = [500, 2_000];

function openGraph(config: GatewayConfig, pack: Pack, lent: Map<string, Evidence>): WorkerGraph {
  // Wherever the hub's own joint runs, the trial's stands in its place.
  const others = Object.entries(config.subgraphUrls).filter(([name]) => name !== "joint");
  const trial = openTrialSubgraph(pack, (creditCode, evidence) => lent.set(creditCode, evidence));
  return openWorkerGraph({ ...config, subgraphUrls: Object.fromEntries(others) }, asLocalSubgraph(trial));
}

const silentIn = (lent: Lent): Set<FactDepartment> => {
  const silent = new Set<FactDepartment>();
  for (const evidence of lent.values())
    for (const [department, { status }] of Object.entries(evidence))
      if (status === "UNKNOWN") silent.add(department as FactDepartment);
  return silent;
};

/** Opens the graph for trying out; the pack only stands in for whatever pack the graph would judge by. */
export function openLender(config: GatewayConfig, pack: Pack, asOf: string): Lender {
  const all = new Map<string, Evidence>();
  const graph = openGraph(config, pack, all);
  const believedSilent = new Set<FactDepartment>();

  async function ask(creditCodes: readonly string[]): Promise<Lent> {
    await graph.ask(LEND_EVIDENCE, { creditCodes, asOf });
    const lent = new Map<string, Evidence>();
    for (const creditCode of creditCodes) {
      const evidence = all.get(creditCode);
      if (!evidence) throw new Error(`the graph lent nothing about ${creditCode}`);
      all.delete(creditCode);
      lent.set(creditCode, evidence);
    }
    return lent;
  }

  return {
    async lend(creditCodes) {
      let lent = await ask(creditCodes);
      for (const waitMs of WAITS_MS) {
        if ([...silentIn(lent)].every((one) => believedSilent.has(one))) return lent;
        await sleep(waitMs);
        lent = await ask(creditCodes);
      }
      for (const department of silentIn(lent)) believedSilent.add(department);
      return lent;
    },
    close: graph.close,
  };
}

/** Everybody who is registered, in slices of this size. Throws one sentence when the register cannot be asked. */
export async function* readPopulation(
  config: GatewayConfig,
  pack: Pack,
  sliceCodes: number,
): AsyncGenerator<readonly string[]> {
  const graph = openGraph(config, pack, new Map());
  try {
    for (let after: string | null = null; ;) {
      const page = await readPage(graph, after);
      for (let from = 0; from < page.length; from += sliceCodes) yield page.slice(from, from + sliceCodes);
      if (page.length < POPULATION_PAGE) return;
      after = page.at(-1)!;
    }
  } finally {
    await graph.close();
  }
}

async function readPage(graph: WorkerGraph, after: string | null): Promise<readonly string[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      const data = await graph.ask(REGISTERED, { first: POPULATION_PAGE, after });
      return data["registeredCreditCodes"] as readonly string[];
    } catch (error) {
      if (attempt < WAITS_MS.length) await sleep(WAITS_MS[attempt]);
      else
        throw new Error(
          `the register of enterprises cannot be asked (${(error as Error).message}): start the hub, or try out on files with --facts DIR`,
          { cause: error },
        );
    }
  }
}
