/** The demonstration enterprises, recorded at the first start into databases that are the hub's own. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FactDepartment } from "../../../schema/fact-catalogue";
import { DEPARTMENTS } from "../departments";
import { openRecorder } from "../import/recorder";
import type { DatabaseName } from "../postgres/names";
import type { Report } from "./children";
import type { HubConfig } from "./config";

async function record(
  urlOf: (name: DatabaseName) => string,
  names: readonly DatabaseName[],
): Promise<number> {
  const recorder = openRecorder({ urlOf, close: async () => undefined });
  const recordOne = async (name: DatabaseName): Promise<number> => {
    const department = name.toUpperCase() as FactDepartment;
    const facts = DEPARTMENTS[department].demo;
    const outcomes = await recorder.record(department, facts);
    const refused = outcomes.find(({ outcome }) => outcome === "rejected");
    if (refused?.outcome === "rejected")
      throw new Error(`a demonstration fact of ${name} is refused: ${refused.reason}`);
    return facts.length;
  };
  try {
    const counts = await Promise.all(names.map(recordOne));
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    await recorder.close();
  }
}

/** Records the demonstration unless this data folder has been started before; never into a configured database. */
export async function seedDemo(
  { dataDir, departments, databaseUrls, seedsDemo }: HubConfig,
  urlOf: (name: DatabaseName) => string,
  report: Report,
): Promise<void> {
  const mark = join(dataDir, "first-start.json");
  if (existsSync(mark)) return;
  const names = departments.map(({ name }) => name).filter((name) => !databaseUrls[name]);
  const facts = seedsDemo ? await record(urlOf, names) : 0;
  if (facts > 0)
    report(
      `first start: ${facts} facts about demonstration enterprises are recorded (--no-demo leaves them out)`,
    );
  writeFileSync(mark, `${JSON.stringify({ demonstration: seedsDemo, departments: names })}\n`);
}
