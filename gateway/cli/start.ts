/** `npm start`: the whole hub on this machine, until it is told to stop. */
import { describeHub } from "./start/announce";
import { readHubConfig } from "./start/config";
import { type Hub, startHub } from "./start/hub";

// A terminal sends Ctrl-C to every process of the job and npm passes it on as well: what follows at once is the same one.
const SAME_SIGNAL_MS = 1_000;

const report = (sentence: string): void => console.error(`hub: ${sentence}`);

function fail(error: unknown): never {
  report(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function readStart(): number {
  const bootstrappedAt = Number(process.env["HUB_BOOTSTRAPPED_AT"]);
  return bootstrappedAt > 0 ? bootstrappedAt : Date.now() - process.uptime() * 1000;
}

/**
 * Resolves at the first signal to stop, or when the process that started this one is gone. A second Ctrl-C, later than
 * the copies of the first, ends at once: the children and the database server see it and stop by themselves.
 */
function waitForStop(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt = 0;
    const stop = (signal?: NodeJS.Signals): void => {
      if (firstAt === 0) {
        firstAt = Date.now();
        resolve();
      } else if (signal === "SIGINT" && Date.now() - firstAt > SAME_SIGNAL_MS) {
        report("stopped without waiting");
        process.exit(1);
      }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    process.once("disconnect", () => stop());
  });
}

async function main(): Promise<void> {
  const startedAt = readStart();
  const config = readHubConfig(process.argv.slice(2), process.env);
  const calledOff = new AbortController();
  const stopped = waitForStop().then(() => calledOff.abort(new Error("stopped before it was ready")));
  const hub: Hub = await startHub(config, { report, signal: calledOff.signal });
  console.log(describeHub(hub, config));
  console.log(`hub ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  await stopped;
  report("stopping");
  await hub.close();
  process.exit(0);
}

main().catch(fail);
