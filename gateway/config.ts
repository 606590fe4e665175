/** The gateway's configuration: the environment, read and checked once. */
import { join } from "node:path";
import { z } from "zod";
import { type CacheSettings, cacheVariables, toCacheSettings } from "../schema/cache-settings";
import { repositoryRoot } from "../schema/root";
import { defaultDocumentLimits, type MeasuredLimits } from "./engine/limits";
import { MEASURED_LIST_SIZES } from "./list-sizes";
import type { SupergraphPlace } from "./supergraph-file";
import type { TraceSettings } from "./tracing/tracing";

/** What one request may be at most, before its document is looked at, and what the process serves at once. */
export interface ServerLimits {
  readonly bodyBytesMax: number;
  /** Objects and lists inside one another in a request body. */
  readonly jsonNestingMax: number;
  /** Errors shown in the answer to a request that was not executed, and characters of each. */
  readonly errorsMax: number;
  readonly errorCharactersMax: number;
  /** From the first byte of a request to its last; slower senders are cut. */
  readonly receiveMsMax: number;
  /** From a whole request to its answer. */
  readonly answerMsMax: number;
  readonly concurrentRequestsMax: number;
  /** Delay of the event loop beyond which requests are turned away. */
  readonly eventLoopDelayMsMax: number;
  /** Share of the heap in use beyond which requests are turned away, in percent. */
  readonly heapPercentMax: number;
  /** How long requests in flight may take to end when the process is stopped. */
  readonly drainMsMax: number;
  /** Subscriptions open at once. */
  readonly subscriptionsMax: number;
}

/** Everything the gateway is told from outside. */
export interface GatewayConfig extends CacheSettings, SupergraphPlace {
  /** The address it listens on: this machine's own unless a container's network makes another one necessary. */
  readonly host: string;
  readonly port: number;
  /** Whether callers may read the schema; when the environment does not say, the composition root decides. */
  readonly introspection: "open" | "closed" | undefined;
  /** Whether a supergraph that protects anything is served, and what it protects denied to everybody; else it is refused. */
  readonly servesProtected: boolean;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Where each department answers. `joint` is absent when it runs in this process. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Only the documents of this file (JSON: SHA-256 of the text -> text) are answered; undefined means any document. */
  readonly trustedDocumentsFile: string | undefined;
  /** Undefined: no traces are collected. */
  readonly traces: TraceSettings | undefined;
  readonly server: ServerLimits;
  readonly document: MeasuredLimits;
}

/** The departments of the standard topology, in the order of their ports. */
export const departments = ["safety", "transport", "construction", "tax", "finance"] as const;

const defaultServerLimits: ServerLimits = {
  bodyBytesMax: 1_048_576,
  jsonNestingMax: 64,
  errorsMax: 20,
  errorCharactersMax: 500,
  receiveMsMax: 10_000,
  answerMsMax: 5_000,
  concurrentRequestsMax: 1_000,
  eventLoopDelayMsMax: 1_500,
  heapPercentMax: 90,
  drainMsMax: 10_000,
  subscriptionsMax: 1_000,
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment: HUB_LISTEN_HOST, HUB_PORT, HUB_INTROSPECTION, HUB_ENFORCEMENT, HUB_LOG_LEVEL, HUB_SUPERGRAPH,
 * HUB_SUPERGRAPH_KEY, HUB_CACHE_MEGABYTES, HUB_CACHE_DECISION_SECONDS, HUB_TRUSTED_DOCUMENTS, OTEL_EXPORTER_OTLP_ENDPOINT,
 * OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_TRACES_SAMPLER, for each department `<DEPARTMENT>_URL` or `<DEPARTMENT>_PORT`, JOINT_URL, and for each limit `HUB_LIMIT_<NAME>`
 * (`HUB_LIMIT_DEPTH_MAX`). An empty variable counts as missing. Throws one error that names every malformed variable.
 */
export function readGatewayConfig(environment: Environment): GatewayConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const fixed = fixedVariables.safeParse(given);
  const urls = departmentVariables.safeParse(given);
  const limits = limitVariables.safeParse(given);
  if (!fixed.success || !urls.success || !limits.success) {
    const issues = [fixed, urls, limits].flatMap(({ error }) => error?.issues ?? []);
    throw new Error(
      issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
    );
  }
  return Object.freeze({
    host: fixed.data.HUB_LISTEN_HOST,
    port: fixed.data.HUB_PORT,
    introspection: fixed.data.HUB_INTROSPECTION,
    servesProtected: fixed.data.HUB_ENFORCEMENT === "deny",
    logLevel: fixed.data.HUB_LOG_LEVEL,
    supergraphFile: fixed.data.HUB_SUPERGRAPH ?? join(repositoryRoot, "schema", "supergraph.graphql"),
    supergraphKeyFile: fixed.data.HUB_SUPERGRAPH_KEY,
    subgraphUrls: readSubgraphUrls(urls.data, fixed.data.JOINT_URL),
    trustedDocumentsFile: fixed.data.HUB_TRUSTED_DOCUMENTS,
    traces: readTraceSettings(fixed.data),
    ...toCacheSettings(fixed.data),
    server: readLimits(defaultServerLimits, limits.data),
    document: { ...readLimits(defaultDocumentLimits, limits.data), listSizes: MEASURED_LIST_SIZES },
  });
}

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http(s) URL" });

const fixedVariables = z.object({
  HUB_LISTEN_HOST: z.ipv4({ error: "must be an IPv4 address" }).default("127.0.0.1"),
  HUB_PORT: port.default(4000),
  HUB_INTROSPECTION: z.enum(["open", "closed"]).optional(),
  HUB_ENFORCEMENT: z.enum(["deny"]).optional(),
  HUB_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  HUB_SUPERGRAPH: z.string().optional(),
  HUB_SUPERGRAPH_KEY: z.string().optional(),
  ...cacheVariables.shape,
  HUB_TRUSTED_DOCUMENTS: z.string().optional(),
  JOINT_URL: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl.optional(),
  OTEL_TRACES_SAMPLER: z.string().optional(),
});

/** As OpenTelemetry has it: the address of traces as it is, or below that of everything. */
function readTraceSettings(given: z.infer<typeof fixedVariables>): TraceSettings | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = given;
  const url = traces ?? (all && `${all.replace(/\/$/, "")}/v1/traces`);
  return url === undefined ? undefined : { url, isSampledAsTold: given.OTEL_TRACES_SAMPLER !== undefined };
}

const departmentVariables = z.object(
  Object.fromEntries(
    departments.flatMap((name, index) => [
      [`${name.toUpperCase()}_URL`, httpUrl.optional()],
      [`${name.toUpperCase()}_PORT`, port.default(4001 + index)],
    ]),
  ),
);

const limitVariables = z.object(
  Object.fromEntries(
    Object.entries({ ...defaultServerLimits, ...defaultDocumentLimits }).map(([name, value]) => [
      limitVariable(name),
      z.coerce.number().int().min(1).default(value),
    ]),
  ),
);

function limitVariable(name: string): string {
  return `HUB_LIMIT_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function readLimits<Limits extends object>(
  defaults: Limits,
  data: Readonly<Record<string, unknown>>,
): Limits {
  const names = Object.keys(defaults);
  return Object.freeze(Object.fromEntries(names.map((name) => [name, data[limitVariable(name)]]))) as Limits;
}

function readSubgraphUrls(
  data: Readonly<Record<string, unknown>>,
  jointUrl: string | undefined,
): Readonly<Record<string, string>> {
  const urls = departments.map((name): [string, string] => {
    const prefix = name.toUpperCase();
    const local = `http://127.0.0.1:${String(data[`${prefix}_PORT`])}/graphql`;
    return [name, (data[`${prefix}_URL`] as string | undefined) ?? local];
  });
  return Object.fromEntries(jointUrl === undefined ? urls : [...urls, ["joint", jointUrl]]);
}
