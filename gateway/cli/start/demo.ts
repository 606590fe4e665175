/** The demonstration enterprises, recorded at the first start into databases that are the hub's own. */
import type { FactDepartment } from "../../../schema/fact-catalogue";
import { DEPARTMENTS } from "../departments";
import { openRecorder } from "../import/recorder";
import type { DatabaseName } from "../postgres/names";
import type { Report } from "./children";
import type { HubConfig } from "./config";
import { markFirstStart } from "./first-start";

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

/** Records the demonstration, but never into a configured database, and marks the first start as done. */
export async function seedDemo(
  { dataDir, departments, databaseUrls, seedsDemo }: HubConfig,
  urlOf: (name: DatabaseName) => string,
  report: Report,
): Promise<void> {
  const names = departments.map(({ name }) => name).filter((name) => !databaseUrls[name]);
  const facts = seedsDemo ? await record(urlOf, names) : 0;
  if (facts > 0)
    report(
      `first start: ${facts} facts about demonstration enterprises are recorded (--no-demo leaves them out)`,
    );
  markFirstStart(dataDir, { demonstration: seedsDemo, departments: names });
}
