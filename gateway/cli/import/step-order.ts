/**
 * Whether steps of procedures are in order, asked of the graph as a mutation's would be: the engine with `joint` and the five
 * departments in this process, over their databases, so that an import needs no hub that runs.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hubErrorCodes } from "../../../schema/errors";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";
import { repositoryRoot } from "../../../schema/root";
import { openStepDesk } from "../../../subgraphs/joint";
import { type AdmitSteps, askForAdmission } from "../../../subgraphs/shared/admit-steps";
import type { AskGraph } from "../../../subgraphs/shared/hub-graph";
import { type OpenSubgraph, openSubgraph } from "../../../subgraphs/shared/open-subgraph";
import { readAttributes } from "../../../subgraphs/shared/request-context";
import type { SubgraphResponse } from "../../engine/contract";
import { createEngine } from "../../engine/engine";
import { createLocalTransport } from "../../transport/local";
import type { Databases } from "../databases";
import { DEPARTMENTS } from "../departments";
import type { DatabaseName } from "../postgres/names";

/** Orders steps until it is closed. Nothing is opened before the first step comes. */
export interface StepOrder {
  readonly admitSteps: AdmitSteps;
  readonly close: () => Promise<void>;
}

interface Graph {
  readonly ask: AskGraph;
  readonly close: () => Promise<void>;
}

const ANSWER_WITHIN_MS = 30_000;
const SUPERGRAPH = join(repositoryRoot, "schema", "supergraph.graphql");

const transportTo = (subgraph: Pick<OpenSubgraph, "ask">) =>
  createLocalTransport(
    {
      execute: async ({ query, variables }, { requestId }) =>
        (await subgraph.ask(
          { query, variables },
          readAttributes((name) => (name === "x-request-id" ? requestId : undefined)),
        )) as SubgraphResponse,
    },
    { timeoutMs: ANSWER_WITHIN_MS },
  );

async function openGraph({ urlOf }: Databases): Promise<Graph> {
  const departments = await Promise.all(
    FACT_DEPARTMENTS.map(async (name): Promise<[string, OpenSubgraph]> => {
      const lower = name.toLowerCase() as DatabaseName;
      return [lower, await openSubgraph(DEPARTMENTS[name], urlOf(lower))];
    }),
  );
  const subgraphs = new Map<string, Pick<OpenSubgraph, "ask">>([
    ...departments,
    ["joint", await openStepDesk()],
  ]);
  const engine = createEngine({
    supergraphSdl: readFileSync(SUPERGRAPH, "utf8"),
    subgraphErrors: { publicCodes: hubErrorCodes },
    transports: (name) => transportTo(subgraphs.get(name)!),
  });
  return {
    async ask(query, variables) {
      const deadlineAt = performance.now() + ANSWER_WITHIN_MS;
      const context = { requestId: randomUUID(), deadlineAt, attributes: { caller: "import" } };
      const { json } = await engine.execute({ query, variables }, context);
      return (JSON.parse(json) as { data?: Record<string, unknown> | null }).data ?? {};
    },
    async close() {
      await engine.close();
      for (const [, department] of departments) await department.close();
    },
  };
}

/** Opens the order of steps over the departments' databases. */
export function openStepOrder(databases: Databases): StepOrder {
  let graph: Promise<Graph> | undefined;
  const close = async (): Promise<void> => {
    const open = graph;
    graph = undefined;
    await open?.then((one) => one.close()).catch(() => undefined);
  };
  const admitSteps: AdmitSteps = async (department, steps) => {
    graph ??= openGraph(databases);
    try {
      return await askForAdmission((await graph).ask)(department, steps);
    } catch (error) {
      // The databases may be at another address when they are back.
      await close();
      throw error;
    }
  };
  return { admitSteps, close };
}
