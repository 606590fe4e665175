/** A synthetic city in a database of its own: generated and imported by the hub's own commands. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../../schema/root";

const SEED = 7;
const REGISTRATION = /"type":"EnterpriseRegistration","creditCode":"(\w{18})"/g;

/** Where the city's data lie, and which enterprises it has. */
export interface CityData {
  readonly dataDir: string;
  readonly creditCodes: readonly string[];
}

function runCommand(args: readonly string[], dataDir: string): void {
  const command = join(repositoryRoot, "dist", "gateway", "cli", "main.js");
  const { status } = spawnSync(process.execPath, [command, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, HUB_DATA_DIR: dataDir },
  });
  if (status !== 0) throw new Error(`hub ${args[0]} ended with exit status ${status}`);
}

function fillCity(enterprises: number): CityData {
  const folder = mkdtempSync(join(tmpdir(), "bench-hub-"));
  const [dataDir, files] = [join(folder, "data"), join(folder, "facts")];
  runCommand(
    ["generate", "--enterprises", String(enterprises), "--seed", String(SEED), "--out", files],
    dataDir,
  );
  const paths = readdirSync(files).map((file) => join(files, file));
  runCommand(["import", ...paths], dataDir);
  const lines = readFileSync(join(files, "safety.ndjson"), "utf8");
  const registrations = lines.matchAll(REGISTRATION);
  return { dataDir, creditCodes: [...registrations].map(([, creditCode]) => creditCode!) };
}

/** Fills a data folder, lets `work` have it and removes it. */
export async function withCity<Result>(
  enterprises: number,
  work: (city: CityData) => Promise<Result>,
): Promise<Result> {
  const city = fillCity(enterprises);
  try {
    return await work(city);
  } finally {
    rmSync(dirname(city.dataDir), { recursive: true, force: true });
  }
}
