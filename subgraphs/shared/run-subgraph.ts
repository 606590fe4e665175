/** A subgraph as a process, and as a part of a test or of a launcher. */
import { collectDefaultMetrics } from "prom-client";
import { z } from "zod";
import { graphAt } from "./hub-graph";
import { openSubgraph } from "./open-subgraph";
import { type ServingSubgraph, serveSubgraph } from "./serve-subgraph";
import type { SubgraphDefinition } from "./subgraph-definition";

/** Opens and serves a subgraph. `port` 0 is any free one. */
export async function startSubgraph({
  definition,
  databaseUrl,
  port,
  host,
  hubUrl,
}: {
  readonly definition: SubgraphDefinition;
  readonly databaseUrl: string;
  readonly port: number;
  /** Where the hub's graph is; a department records no step of a procedure without it. */
  readonly hubUrl?: string;
  /** 127.0.0.1 unless given. */
  readonly host?: string;
}): Promise<ServingSubgraph> {
  const subgraph = await openSubgraph(
    definition,
    databaseUrl,
    hubUrl === undefined ? undefined : graphAt(hubUrl),
  );
  try {
    return await serveSubgraph(subgraph, port, host);
  } catch (error) {
    await subgraph.close();
    throw error;
  }
}

interface SubgraphConfig {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly hubUrl: string;
}

const HUB_PORT = 4000;

function readConfig(name: string): SubgraphConfig {
  const [portName, urlName] = [`${name.toUpperCase()}_PORT`, `${name.toUpperCase()}_DATABASE_URL`];
  const schema = z.object({
    HUB_LISTEN_HOST: z.ipv4({ error: "must be an IPv4 address" }).default("127.0.0.1"),
    [portName]: z.coerce.number({ error: "must be a port" }).int().min(0).max(65_535),
    [urlName]: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }),
    HUB_PORT: z.coerce.number({ error: "must be a port" }).int().min(0).max(65_535).default(HUB_PORT),
    HUB_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) URL" }).optional(),
  });
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [fault] = parsed.error.issues;
    throw new Error(`${String(fault!.path[0])}: ${fault!.message}`);
  }
  return {
    host: parsed.data.HUB_LISTEN_HOST as string,
    port: parsed.data[portName] as number,
    databaseUrl: parsed.data[urlName] as string,
    hubUrl: (parsed.data["HUB_URL"] as string | undefined) ?? `http://127.0.0.1:${parsed.data["HUB_PORT"]}`,
  };
}

async function run(definition: SubgraphDefinition): Promise<void> {
  collectDefaultMetrics();
  const serving = await startSubgraph({ definition, ...readConfig(definition.name) });
  console.log(`${definition.name} ready at ${serving.url}`);
  const stop = (): void => void serving.close().then(() => process.exit(0));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
}

/**
 * Runs a subgraph as this process: address from HUB_LISTEN_HOST and `<NAME>_PORT`, database from `<NAME>_DATABASE_URL`,
 * the hub's graph from HUB_URL (this machine's HUB_PORT unless given). SIGTERM drains. A wrong
 * variable or a taken port is one line on standard error and exit status 1.
 */
export function runSubgraph(definition: SubgraphDefinition): void {
  run(definition).catch((error: unknown) => {
    console.error(`${definition.name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}
