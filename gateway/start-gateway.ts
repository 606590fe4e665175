/** Puts the gateway together: engine, transports, server. Called by the standalone process and by the launcher. */
import type { AddressInfo } from "node:net";
import pino, { type Logger } from "pino";
import { hubErrorCodes } from "../schema/errors";
import { denyEverybody, identifyEverybody } from "./callers/caller";
import { departments, type GatewayConfig } from "./config";
import type { Transport } from "./engine/contract";
import { createEngine, type Engine, Unenforced } from "./engine/engine";
import type { EngineOptions } from "./engine/options";
import { createEngineSlot, type EngineSlot } from "./engine-slot";
import { drain } from "./http/drain";
import { exampleOperations } from "./http/example-operations";
import { watchLoad, type Load } from "./http/load";
import type { PublicPages, ServerServices } from "./http/services";
import { createGatewayMetrics, type GatewayMetrics } from "./metrics";
import { openTransport } from "./open-transport";
import { findLostProtections } from "./protections";
import { watchReadiness } from "./readiness";
import { rehearse } from "./rehearse";
import { createServer } from "./server";
import type { LocalSubgraph } from "./transport/local";
import type { Tracing } from "./tracing/tracing";
import { readTrustedDocuments } from "./trusted-documents";

/** What a gateway is made of. */
export interface GatewayParts {
  readonly config: GatewayConfig;
  readonly supergraphSdl: string;
  /** Subgraphs that run in this process, unless they have a URL; all others are reached over HTTP. */
  readonly localSubgraphs?: Readonly<Record<string, LocalSubgraph>>;
  /** The document at `/.well-known/jwks.json`: the keys with which anybody verifies receipts. */
  readonly publishedKeys?: () => Promise<unknown>;
  /** Pages of local subgraphs that anybody may read. */
  readonly publicPages?: PublicPages;
  /** Whether callers may read the schema when the environment does not say. */
  readonly introspectionByDefault: "open" | "closed";
}

/** A gateway that answers. */
export interface RunningGateway {
  /** Where it listens, without a trailing slash: `http://127.0.0.1:4000`. */
  readonly url: string;
  readonly log: Logger;
  /** Puts another supergraph in place without a failed request; throws, and goes on with the old one, if it is refused. */
  reload(supergraphSdl: string): void;
  /** Stops taking requests, lets those in flight end (up to `drainMsMax`), closes everything. */
  close(): Promise<void>;
}

/** Resolves when the gateway listens; throws when the supergraph is refused or the port is taken. */
export async function startGateway(parts: GatewayParts): Promise<RunningGateway> {
  const { config } = parts;
  const log = pino({ level: config.logLevel, base: { part: "gateway" } });
  const metrics = createGatewayMetrics();
  const tracing = await findTracing(config, log);
  const graph = openGraph(parts, { metrics, tracing });
  const stopping = new AbortController();
  const load = watchLoad(config.server);
  watchFigures(metrics, load, graph.engine);
  const services = { ...servicesOf(parts, graph), log, metrics, load, tracing, stopping: stopping.signal };
  const app = createServer(services);
  try {
    await graph.warmUp();
    await rehearse(services);
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    load.stop();
    await graph.engine.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${config.host}:${port}`;
  const isLoopback = config.host.startsWith("127.");
  log[isLoopback ? "info" : "warn"](
    { url },
    `the gateway listens${isLoopback ? " on loopback only" : ""}: callers are not identified yet`,
  );
  return {
    url,
    log,
    reload: graph.reload,
    async close() {
      stopping.abort();
      await drain(app, config.server.drainMsMax);
      load.stop();
      await graph.engine.close();
      await tracing?.close();
    },
  };
}

// Loaded where it is asked for: most hubs start without it.
async function findTracing({ traces }: GatewayConfig, log: Logger): Promise<Tracing | undefined> {
  if (!traces) return undefined;
  const { openTracing } = await import("./tracing/open-tracing.js");
  return openTracing(traces, log);
}

function watchFigures(metrics: GatewayMetrics, load: Load, { countOperations }: EngineSlot): void {
  metrics.watch("hub_requests_in_flight", "GraphQL requests being answered.", () => load.inFlight("request"));
  metrics.watch("hub_streams_open", "Event streams open.", () => load.inFlight("stream"));
  metrics.watch("hub_operations_kept", "Operations prepared and kept.", () => countOperations().kept);
  metrics.watch("hub_operation_hits", "Requests whose operation was kept.", () => countOperations().hits);
  metrics.watch("hub_operation_misses", "Requests whose operation was new.", () => countOperations().misses);
}

function servicesOf(
  { config, introspectionByDefault, publishedKeys, publicPages }: GatewayParts,
  { engine, transports }: Graph,
): Omit<ServerServices, "log" | "metrics" | "load" | "tracing" | "stopping"> {
  const isStandard = departments.every((name) => transports().has(name));
  return {
    config,
    engine,
    identify: identifyEverybody({
      mayReadSchema: (config.introspection ?? introspectionByDefault) === "open",
    }),
    trustedDocuments: config.trustedDocumentsFile
      ? readTrustedDocuments(config.trustedDocumentsFile)
      : undefined,
    readReadiness: watchReadiness(transports, { anyOf: departments }),
    publishedKeys,
    publicPages,
    exampleOperations: isStandard ? exampleOperations : [],
  };
}

interface Graph {
  readonly engine: EngineSlot;
  readonly transports: () => ReadonlyMap<string, Transport>;
  reload(supergraphSdl: string): void;
  readonly warmUp: () => Promise<void>;
}

/** Who watches how subgraphs are asked. */
interface Observers {
  readonly metrics: GatewayMetrics;
  readonly tracing: Tracing | undefined;
}

/** The engine with its transports, replaced together. */
function openGraph(parts: GatewayParts, observers: Observers): Graph {
  const { metrics } = observers;
  let sdl = parts.supergraphSdl;
  let { engine, transports } = createGraph(parts, observers);
  const slot = createEngineSlot(engine);
  return {
    engine: slot,
    transports: () => transports,
    warmUp: () => engine.warmUp(),
    reload(next) {
      try {
        const lost = findLostProtections({ current: sdl, next });
        if (lost.length > 0) throw new Error(`the new supergraph no longer protects ${lost.join(", ")}`);
        ({ engine, transports } = createGraph({ ...parts, supergraphSdl: next }, observers));
      } catch (error) {
        metrics.countReload("refused");
        throw error;
      }
      sdl = next;
      slot.replace(engine);
      metrics.countReload("loaded");
    },
  };
}

function createGraph(
  { config, supergraphSdl, localSubgraphs }: GatewayParts,
  { metrics, tracing }: Observers,
): { engine: Engine; transports: ReadonlyMap<string, Transport> } {
  const transports = new Map<string, Transport>();
  const engine = openEngine({
    supergraphSdl,
    limits: config.document,
    ...(config.servesProtected && { enforcement: denyEverybody }),
    subgraphErrors: { publicCodes: hubErrorCodes, unavailableCode: "DEPARTMENT_UNAVAILABLE" },
    transports(name, ownUrl) {
      const transport = openTransport(name, ownUrl, {
        config,
        localSubgraphs,
        observe: (inner) => metrics.observe(name, tracing?.observe(name, inner) ?? inner),
      });
      transports.set(name, transport);
      return transport;
    },
  });
  return { engine, transports };
}

function openEngine(options: EngineOptions): Engine {
  try {
    return createEngine(options);
  } catch (error) {
    if (!(error instanceof Unenforced)) throw error;
    throw new Error(`${error.message} HUB_ENFORCEMENT=deny serves the rest of it.`, { cause: error });
  }
}
