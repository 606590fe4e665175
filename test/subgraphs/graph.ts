/** The whole graph in this process: five departments on databases of their own, `joint`, and the engine before them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TransportError, type SubgraphResponse } from "../../gateway/engine/contract";
import { createEngine, type Engine } from "../../gateway/engine/engine";
import { createLocalTransport } from "../../gateway/transport/local";
import { hubErrorCodes } from "../../schema/errors";
import { compose, readSubgraphSdl } from "../../schema/compose";
import type { FactDepartment } from "../../schema/fact-catalogue";
import { openJoint } from "../../subgraphs/joint";
import type { AskGraph } from "../../subgraphs/shared/hub-graph";
import type { OpenSubgraph } from "../../subgraphs/shared/open-subgraph";
import { recordFacts } from "../../subgraphs/shared/record-facts";
import { readAttributes } from "../../subgraphs/shared/request-context";
import { createTestDatabase } from "../postgres";
import { departments, openDepartment, type TestDepartment } from "./departments";

/** A fact as it comes in. */
export type Fact = Readonly<Record<string, unknown>>;

/** What the graph answers. */
export interface GraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** The graph under test. */
export interface TestGraph {
  /** Names of subgraphs that do not answer. */
  readonly silent: Set<string>;
  readonly ask: (query: string, variables?: Fact) => Promise<GraphAnswer>;
  /** Records facts as history, without asking whether they are in order; throws when one is not taken. */
  readonly record: (department: FactDepartment, facts: readonly Fact[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

const CLOSED: AskGraph = () => Promise.reject(new Error("the graph is not open yet"));

/** Opens it, with the packs of the repository. */
export async function openTestGraph(): Promise<TestGraph> {
  const silent = new Set<string>();
  let askGraph = CLOSED;
  const opened = new Map<string, TestDepartment>();
  for (const definition of departments)
    opened.set(definition.name, await openDepartment(definition, (...question) => askGraph(...question)));
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), "hub-graph-"));
  const joint = await openJoint(database.url, { keysFolder: folder });
  const subgraphOf = (name: string): Pick<OpenSubgraph, "ask"> => opened.get(name)?.subgraph ?? joint;
  const engine: Engine = createEngine({
    supergraphSdl: compose(readSubgraphSdl()).supergraphSdl,
    subgraphErrors: { publicCodes: hubErrorCodes },
    transports: (name) => transportTo(name, { subgraph: subgraphOf(name), silent }),
  });
  const ask: TestGraph["ask"] = async (query, variables = {}) => {
    const context = { requestId: "test", deadlineAt: performance.now() + 20_000, attributes: {} };
    return JSON.parse((await engine.execute({ query, variables }, context)).json) as GraphAnswer;
  };
  askGraph = async (query, variables) => (await ask(query, variables)).data ?? {};
  return {
    silent,
    ask,
    async record(department, facts) {
      const definition = departments.find((one) => one.department === department)!;
      const rows = facts.map((fact, index) => ({ documentNumber: `R-${index}`, ...fact }));
      const { pool } = opened.get(definition.name)!.subgraph;
      const options = { mayMigrateHistory: true, isReplay: true };
      const outcomes = await recordFacts(pool, { keeper: definition, rows }, options);
      const refused = outcomes.find((one) => one.outcome === "rejected");
      if (refused && "reason" in refused) throw new Error(refused.reason);
    },
    async close() {
      await engine.close();
      await joint.close();
      await database.drop();
      for (const one of opened.values()) await one.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function transportTo(
  name: string,
  {
    subgraph,
    silent,
  }: { readonly subgraph: Pick<OpenSubgraph, "ask">; readonly silent: ReadonlySet<string> },
) {
  return createLocalTransport({
    execute: async ({ query, variables }) => {
      if (silent.has(name)) throw new TransportError("unreachable", "silent");
      return (await subgraph.ask(
        { query, variables },
        readAttributes(() => undefined),
      )) as SubgraphResponse;
    },
  });
}
