/** What the launcher is told: arguments and environment, checked before anything is started. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { departments, type GatewayConfig, readGatewayConfig } from "../../config";
import { dataFolderOf } from "../data-folder";
import type { DatabaseName } from "../postgres/names";
import type { PortUse } from "./ports";

/** The name of a department's subgraph. */
export type DepartmentName = (typeof departments)[number];

/** A department that this hub runs. */
export interface DepartmentPlan {
  readonly name: DepartmentName;
  readonly port: number;
}

/** Everything the launcher is told from outside. */
export interface HubConfig {
  readonly dataDir: string;
  readonly gateway: GatewayConfig;
  /** The departments to start: neither left out nor running elsewhere. */
  readonly departments: readonly DepartmentPlan[];
  readonly runsJoint: boolean;
  /** Databases on servers of somebody else. */
  readonly databaseUrls: Readonly<Partial<Record<DatabaseName, string>>>;
  readonly postgresPort: number | undefined;
  readonly seedsDemo: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const USAGE = `usage: npm start [-- --without DEPARTMENT]... [--no-demo]
  --without   leaves a department out (${departments.join(", ")})
  --no-demo   starts without the demonstration enterprises`;

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgres:// address" }).optional();
const variables = z.object({
  HUB_LISTEN_HOST: z
    .literal("127.0.0.1", { error: "npm start listens on 127.0.0.1 only: callers are not identified yet" })
    .optional(),
  HUB_POSTGRES_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  ...(Object.fromEntries(
    [...departments, "joint"].map((name) => [`${name.toUpperCase()}_DATABASE_URL`, postgresUrl]),
  ) as Record<string, typeof postgresUrl>),
});

function readVariables(environment: Environment): z.infer<typeof variables> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = variables.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "),
  );
}

function readOptions(args: readonly string[]): {
  readonly without: readonly string[];
  readonly seedsDemo: boolean;
} {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { without: { type: "string", multiple: true }, "no-demo": { type: "boolean" } },
    });
    const without = values.without ?? [];
    const stranger = without.find((name) => !departments.some((known) => known === name));
    if (stranger !== undefined) throw new Error(`there is no department '${stranger}' to leave out`);
    return { without, seedsDemo: !values["no-demo"] };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

/** Reads arguments and environment; throws one error that names what is wrong. */
export function readHubConfig(args: readonly string[], environment: Environment): HubConfig {
  const { without, seedsDemo } = readOptions(args);
  const given = readVariables(environment) as Readonly<Record<string, string | number | undefined>>;
  // On a terminal the launcher speaks; what the gateway logs is shown when it is a warning, or asked for.
  const gateway = readGatewayConfig({
    ...environment,
    HUB_LOG_LEVEL: environment["HUB_LOG_LEVEL"] || "warn",
  });
  const databaseUrl = (name: string) => given[`${name.toUpperCase()}_DATABASE_URL`] as string | undefined;
  const isElsewhere = (name: string): boolean => Boolean(environment[`${name.toUpperCase()}_URL`]);
  return {
    dataDir: dataFolderOf(environment),
    gateway,
    departments: departments
      .filter((name) => !without.includes(name) && !isElsewhere(name))
      .map((name) => ({ name, port: Number(new URL(gateway.subgraphUrls[name]!).port) })),
    runsJoint: gateway.subgraphUrls["joint"] === undefined,
    databaseUrls: Object.fromEntries(
      [...departments, "joint"].flatMap((name) => (databaseUrl(name) ? [[name, databaseUrl(name)]] : [])),
    ),
    postgresPort: given["HUB_POSTGRES_PORT"] as number | undefined,
    seedsDemo,
  };
}

/** Every port that this hub will listen on, with the variable that moves it. */
export function portsOf({ gateway, departments, postgresPort }: HubConfig): readonly PortUse[] {
  return [
    { port: gateway.port, variable: "HUB_PORT" },
    ...departments.map(({ name, port }) => ({ port, variable: `${name.toUpperCase()}_PORT` })),
    ...(postgresPort ? [{ port: postgresPort, variable: "HUB_POSTGRES_PORT" }] : []),
  ];
}
