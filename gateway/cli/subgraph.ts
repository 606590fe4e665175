/** `npm run subgraph -- NAME`: one subgraph alone, over its configured database or the one in the data folder. */
import { join } from "node:path";
import { z } from "zod";
import { dataFolderOf } from "./data-folder";
import { openDatabases } from "./databases";
import { DATABASES, type DatabaseName } from "./postgres/names";
import { superviseChild } from "./start/children";
import { checkPorts } from "./start/ports";

const FIRST_PORT = 4001;

function readName(args: readonly string[]): DatabaseName {
  const name = DATABASES.find((known) => known === args[0]);
  if (name && args.length === 1) return name;
  throw new Error(`usage: npm run subgraph -- ${DATABASES.join("|")}`);
}

function readPort(name: DatabaseName): { readonly port: number; readonly variable: string } {
  const variable = `${name.toUpperCase()}_PORT`;
  const standard = FIRST_PORT + DATABASES.indexOf(name);
  const parsed = z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .safeParse(process.env[variable] || standard);
  if (!parsed.success) throw new Error(`${variable}: must be a port`);
  return { port: parsed.data, variable };
}

async function waitForSignal(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      // Whoever listens for its end keeps the channel open, and an open channel keeps the process.
      process.off("disconnect", stop);
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    process.on("disconnect", stop);
  });
}

/** The command: runs until it is told to stop. */
export async function run(args: readonly string[]): Promise<number> {
  const name = readName(args);
  const { port, variable } = readPort(name);
  await checkPorts([{ port, variable }]);
  const dataDir = dataFolderOf(process.env);
  const databases = await openDatabases([name], {
    dataDir,
    work: `the ${name} subgraph`,
    environment: process.env,
  });
  const upper = name.toUpperCase();
  try {
    const subgraph = await superviseChild(
      {
        name,
        entry: `subgraphs/${name}/main.js`,
        port,
        environment: { [`${upper}_PORT`]: String(port), [`${upper}_DATABASE_URL`]: databases.urlOf(name) },
        logFile: join(dataDir, "logs", `${name}.log`),
      },
      (sentence) => console.error(`hub: ${sentence}`),
    );
    console.log(`${name} ready at http://127.0.0.1:${port}/graphql`);
    await waitForSignal();
    await subgraph.close();
    return 0;
  } finally {
    await databases.close();
  }
}
