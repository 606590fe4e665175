/** A screening worker with everything it needs: `joint` and the engine in this process, departments over HTTP. */
import pino from "pino";
import type { OpenJoint } from "../../../subgraphs/joint";
import { asLocalSubgraph, openLocalJoint } from "../start/joint";
import type { GatewayConfig } from "../../config";
import { openWorkerGraph } from "./ask-graph";
import { startScreeningWorker, type ScreeningWorker } from "./worker";

// While one slice waits for departments and disk, another is judged.
const SLICES_AT_ONCE = 3;

/** Opens a worker beside an open `joint`, over its database. */
export async function openWorkerBeside(
  joint: OpenJoint,
  config: GatewayConfig,
  databaseUrl: string,
): Promise<ScreeningWorker> {
  const graph = openWorkerGraph(config, asLocalSubgraph(joint));
  const log = pino({ level: config.logLevel, base: { part: "screening" } });
  const worker = await startScreeningWorker({ databaseUrl, ask: graph.ask, log }, SLICES_AT_ONCE);
  return {
    close: async () => {
      await worker.close();
      await graph.close();
    },
  };
}

/** Opens a worker with a `joint` of its own. */
export async function openScreeningWorker(
  config: GatewayConfig,
  { databaseUrl, dataDir }: { readonly databaseUrl: string; readonly dataDir: string },
): Promise<ScreeningWorker> {
  const joint = await openLocalJoint({ databaseUrl, dataDir });
  const worker = await openWorkerBeside(joint, config, databaseUrl);
  return {
    close: async () => {
      await worker.close();
      await joint.close();
    },
  };
}
