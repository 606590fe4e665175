/**
 * The gateway as a process of its own: `npm run gateway` for the standard topology, or
 * `npm run gateway -- --supergraph FILE --port N --open` for any supergraph, with nothing of this domain.
 */
import { parseArgs } from "node:util";
import { dataFolderOf } from "./cli/data-folder";
import { readGatewayConfig, type GatewayConfig } from "./config";
import { startGateway } from "./start-gateway";
import { readSupergraphFile } from "./supergraph-file";
import { watchSupergraph } from "./watch-supergraph";

async function main(args: readonly string[]): Promise<void> {
  const { config, isStandard, isOpen } = readArguments(args);
  const joint = isStandard ? await openJoint(config) : undefined;
  const gateway = await startGateway({
    config,
    supergraphSdl: readSupergraphFile(config),
    introspectionByDefault: isOpen ? "open" : "closed",
    ...joint?.gatewayParts,
  });
  const watch = watchSupergraph(config, gateway);
  const close = async () => {
    watch.close();
    await gateway.close();
    await joint?.close();
  };
  // A second signal while draining changes nothing: the drain is bounded.
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void close().then(() => process.exit(0), fail)).on(signal, () => undefined);
}

interface Arguments {
  readonly config: GatewayConfig;
  /** Whether the supergraph is the hub's own. */
  readonly isStandard: boolean;
  readonly isOpen: boolean;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      supergraph: { type: "string" },
      port: { type: "string" },
      open: { type: "boolean", default: false },
    },
  });
  const environment = { ...process.env };
  if (values.port !== undefined) environment["HUB_PORT"] = values.port;
  if (values.supergraph !== undefined) environment["HUB_SUPERGRAPH"] = values.supergraph;
  const config = readGatewayConfig(environment);
  const isStandard = values.supergraph === undefined;
  return { config: isStandard ? config : forAnySupergraph(config), isStandard, isOpen: values.open };
}

/** `joint` in this process, over its configured database or the data folder's, or where it runs. Any other supergraph needs, and loads, nothing of it. */
async function openJoint(config: GatewayConfig) {
  const url = config.subgraphUrls["joint"];
  if (url !== undefined) {
    const { remoteJointParts } = await import("./cli/start/remote-joint.js");
    return { close: async () => undefined, gatewayParts: remoteJointParts(url) };
  }
  const { openDatabases } = await import("./cli/databases.js");
  const dataDir = dataFolderOf(process.env);
  const databases = await openDatabases(["joint"], {
    dataDir,
    work: "the gateway",
    environment: process.env,
  });
  const { gatewayPartsOf, openLocalJoint } = await import("./cli/start/joint.js");
  const joint = await openLocalJoint({ databaseUrl: databases.urlOf("joint"), dataDir }, config);
  const close = async (): Promise<void> => {
    await joint.close();
    await databases.close();
  };
  return { close, gatewayParts: gatewayPartsOf(joint) };
}

/** A supergraph from elsewhere says itself where its subgraphs are; one that is called `tax` is not our tax. */
function forAnySupergraph(config: GatewayConfig): GatewayConfig {
  return { ...config, subgraphUrls: {} };
}

function fail(error: unknown): never {
  console.error(`gateway: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

main(process.argv.slice(2)).catch(fail);
