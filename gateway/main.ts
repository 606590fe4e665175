/**
 * The gateway as a process of its own: `npm run gateway` for the standard topology, or
 * `npm run gateway -- --supergraph FILE --port N --open` for any supergraph, with nothing of this domain.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readGatewayConfig, type GatewayConfig } from "./config";
import { startGateway, type GatewayParts } from "./start-gateway";
import { watchSupergraph } from "./watch-supergraph";

async function main(args: readonly string[]): Promise<void> {
  const { config, ...parts } = readArguments(args);
  const gateway = await startGateway({
    ...parts,
    config,
    supergraphSdl: readFileSync(config.supergraphFile, "utf8"),
  });
  const watch = watchSupergraph(config.supergraphFile, gateway);
  const stop = () => {
    watch.close();
    gateway.close().then(() => process.exit(0), fail);
  };
  // A second signal while draining changes nothing: the drain is bounded.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop).on(signal, () => undefined);
}

function readArguments(args: readonly string[]): Omit<GatewayParts, "supergraphSdl"> {
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
  const introspectionByDefault = values.open ? "open" : "closed";
  if (values.supergraph !== undefined) return { config: forAnySupergraph(config), introspectionByDefault };
  return { config, introspectionByDefault };
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
