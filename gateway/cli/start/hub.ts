/** The whole hub in one place: databases, department subgraphs, `joint`, gateway. */
import { join } from "node:path";
import type { OpenJoint } from "../../../subgraphs/joint";
import { FACT_DEPARTMENTS } from "../../../schema/fact-catalogue";
import { readSupergraphFile } from "../../supergraph-file";
import { lockDataFolder } from "../data-folder";
import { HUB_WORK } from "../databases";
import { type Postgres, startPostgres } from "../postgres";
import type { DatabaseName } from "../postgres/names";
import { type Report, superviseChild } from "./children";
import { type Closers, createClosers } from "./closers";
import { type DepartmentPlan, type HubConfig, portsOf } from "./config";
import { isFirstStart } from "./first-start";
import { checkPorts } from "./ports";
import { rehearse } from "./rehearse";

/** A hub that answers. */
export interface Hub {
  readonly gatewayUrl: string;
  readonly postgresPort: number | undefined;
  /** Drains the gateway, then stops subgraphs and database server. */
  readonly close: () => Promise<void>;
}

/** How a start is followed and called off. */
export interface StartWatch {
  readonly report: Report;
  /** Aborted when the hub is told to stop before it is up. */
  readonly signal: AbortSignal;
}

type DatabaseUrls = (name: DatabaseName) => string;

async function openDatabaseServer(
  config: HubConfig,
  closers: Closers,
  report: Report,
): Promise<Postgres | undefined> {
  const used: DatabaseName[] = config.departments.map(({ name }) => name);
  if (config.runsJoint) used.push("joint");
  if (used.every((name) => config.databaseUrls[name])) return undefined;
  const postgres = await startPostgres({
    dataDir: config.dataDir,
    ...(config.postgresPort !== undefined && { port: config.postgresPort }),
    onCrash: ({ reason, restarted }) =>
      report(
        `PostgreSQL ended by itself (${reason}); it ${restarted ? "runs again" : "cannot be started again"}`,
      ),
  });
  closers.add(postgres.close);
  return postgres;
}

// A subgraph is told the password of its own database and of no other.
function environmentFor(
  name: string,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const others = [...FACT_DEPARTMENTS, "JOINT"].filter((other) => other !== name.toUpperCase());
  return { ...Object.fromEntries(others.map((other) => [`${other}_DATABASE_URL`, ""])), ...own };
}

async function startDepartments(
  config: HubConfig,
  urlOf: DatabaseUrls,
  { report }: StartWatch,
): Promise<() => Promise<void>> {
  const start = ({ name, port }: DepartmentPlan) =>
    superviseChild(
      {
        name,
        entry: `subgraphs/${name}/main.js`,
        port,
        environment: environmentFor(name, {
          [`${name.toUpperCase()}_PORT`]: String(port),
          [`${name.toUpperCase()}_DATABASE_URL`]: urlOf(name),
          HUB_URL: `http://${config.gateway.host}:${config.gateway.port}`,
        }),
        logFile: join(config.dataDir, "logs", `${name}.log`),
      },
      report,
    );
  const started = await Promise.allSettled(config.departments.map(start));
  const running = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async (): Promise<void> => void (await Promise.all(running.map((child) => child.close())));
  const failed = started.find((result) => result.status === "rejected");
  if (!failed) return close;
  await close();
  throw failed.reason;
}

async function openJoint(databaseUrl: string, { dataDir, gateway }: HubConfig) {
  const { gatewayPartsOf, openLocalJoint } = await import("./joint.js");
  const joint = await openLocalJoint({ databaseUrl, dataDir }, gateway);
  return { joint, gatewayParts: gatewayPartsOf(joint) };
}

// Screenings that are asked for over the graph are answered here, beside the gateway; the start does not wait for it.
async function startWorker(
  config: HubConfig,
  joint: OpenJoint,
  databaseUrl: string,
): Promise<() => Promise<void>> {
  const { openWorkerBeside } = await import("../screening/open-worker.js");
  return (await openWorkerBeside(joint, config.gateway, databaseUrl)).close;
}

async function startParts(config: HubConfig, closers: Closers, watch: StartWatch): Promise<Hub> {
  const { signal, report } = watch;
  const lock = lockDataFolder(config.dataDir, HUB_WORK);
  closers.add(lock.release);
  await checkPorts(portsOf(config));
  const postgres = await openDatabaseServer(config, closers, report);
  if (postgres) lock.announce(postgres.port);
  const urlOf: DatabaseUrls = (name) => config.databaseUrls[name] ?? postgres!.urlOf(name);
  signal.throwIfAborted();
  if (isFirstStart(config.dataDir)) await (await import("./demo.js")).seedDemo(config, urlOf, report);
  signal.throwIfAborted();
  // The departments' processes load while this one loads what it runs itself.
  const departmentsStarting = startDepartments(config, urlOf, watch);
  departmentsStarting.catch(() => undefined);
  const [{ startGateway }, joint] = await Promise.all([
    import("../../start-gateway.js"),
    config.runsJoint ? openJoint(urlOf("joint"), config) : undefined,
  ]).finally(async () => closers.add(await departmentsStarting));
  if (joint) closers.add(joint.joint.close);
  signal.throwIfAborted();
  const gateway = await startGateway({
    config: config.gateway,
    supergraphSdl: readSupergraphFile(config.gateway),
    introspectionByDefault: "open",
    ...joint?.gatewayParts,
  });
  closers.add(() => gateway.close());
  await rehearse(gateway.url);
  if (joint) {
    const worker = startWorker(config, joint.joint, urlOf("joint"));
    worker.catch((error: Error) => report(`screenings are not answered here: ${error.message}`));
    closers.add(() =>
      worker.then(
        (close) => close(),
        () => undefined,
      ),
    );
  }
  return { gatewayUrl: gateway.url, postgresPort: postgres?.port, close: closers.closeAll };
}

/** Starts everything, or stops what was started and throws one sentence. */
export async function startHub(config: HubConfig, watch: StartWatch): Promise<Hub> {
  const closers = createClosers();
  try {
    return await startParts(config, closers, watch);
  } catch (error) {
    await closers.closeAll().catch(() => undefined);
    throw error;
  }
}
