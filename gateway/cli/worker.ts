/** `hub worker`: answers screenings until it is told to stop; several on several machines share the work. */
import { readGatewayConfig } from "../config";
import { openScreeningWorker } from "./screening/open-worker";
import { dataFolderOf } from "./data-folder";
import { openDatabases } from "./databases";

const USAGE = "usage: npm run hub -- worker      works until it is told to stop";

/** Runs until SIGTERM or SIGINT; slices in hand are finished. */
export async function run(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new Error(`a worker takes no arguments, not '${args.join(" ")}'\n${USAGE}`);
  const dataDir = dataFolderOf(process.env);
  const databases = await openDatabases(["joint"], { dataDir, work: "a worker", environment: process.env });
  const worker = await openScreeningWorker(readGatewayConfig(process.env), {
    databaseUrl: databases.urlOf("joint"),
    dataDir,
  });
  console.log("worker ready");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, resolve);
  });
  await worker.close();
  await databases.close();
  return 0;
}
