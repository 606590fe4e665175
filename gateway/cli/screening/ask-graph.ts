/** Asks the graph from within: the engine with its own transports, for work that needs no server. */
import { randomUUID } from "node:crypto";
import { hubErrorCodes } from "../../../schema/errors";
import { departments, type GatewayConfig } from "../../config";
import { createEngine } from "../../engine/engine";
import { readSupergraphFile } from "../../supergraph-file";
import { openTransport } from "../../open-transport";
import type { LocalSubgraph } from "../../transport/local";
import { askPatiently, type Patience, SCREENING_PATIENCE } from "./patient-transport";

/** The graph, asked by a worker. */
export interface WorkerGraph {
  /** The data of an operation, in which what could not be answered is null; rejects when there is none at all. */
  readonly ask: (
    query: string,
    variables: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
}

/** What a worker's caller is called in the subgraphs and in what they write down. */
const CALLER = "screening";
// The departments' patience, and time to judge and to store.
const ANSWER_WITHIN_MS = 90_000;

const isDepartment = (name: string): boolean => departments.some((department) => department === name);

// A population is read once: keeping the answers would only drive out those that callers come back for.
const UNCACHED = { cacheCharactersMax: 0 };

/** Opens the graph with `joint` in this process. A department that is too busy is asked again. */
export function openWorkerGraph(
  config: GatewayConfig,
  joint: LocalSubgraph,
  patience: Patience = SCREENING_PATIENCE,
): WorkerGraph {
  const engine = createEngine({
    supergraphSdl: readSupergraphFile(config),
    subgraphErrors: { publicCodes: hubErrorCodes },
    transports: (name, url) => {
      const transport = openTransport(name, url, {
        config: { ...config, ...UNCACHED },
        localSubgraphs: { joint },
        timeoutMs: patience.attemptMs,
        observe: (inner) => inner,
      });
      return isDepartment(name) ? askPatiently(transport, patience) : transport;
    },
  });
  return {
    close: () => engine.close(),
    async ask(query, variables) {
      const context = {
        requestId: randomUUID(),
        deadlineAt: performance.now() + ANSWER_WITHIN_MS,
        attributes: { caller: CALLER },
      };
      const answer = await engine.execute({ query, variables }, context);
      const { data } = JSON.parse(answer.json) as { data?: Record<string, unknown> | null };
      if (data) return data;
      const [error] = answer.errors;
      throw new Error(`${error?.extensions.code}: ${error?.message}`);
    },
  };
}
