/** `hub generate`: a synthetic city as one NDJSON file a department, the same for the same seed. */
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readArguments, toCount } from "./arguments";
import { constructionFacts } from "./generate/construction";
import { cityOf } from "./generate/enterprise";
import type { FactsOf } from "./generate/fact";
import { financeFacts } from "./generate/finance";
import { chanceOf } from "./generate/random";
import { safetyFacts } from "./generate/safety";
import { taxFacts } from "./generate/tax";
import { transportFacts } from "./generate/transport";

const USAGE = "usage: npm run hub -- generate --enterprises N --seed S --out DIR";
// Five places of the credit code number the enterprises.
const ENTERPRISES_MAX = 10_000_000;
const SEED_MAX = 4_294_967_295;
const CHUNK_CHARACTERS = 262_144;

const DEPARTMENTS: Readonly<Record<string, FactsOf>> = {
  safety: safetyFacts,
  transport: transportFacts,
  construction: constructionFacts,
  tax: taxFacts,
  finance: financeFacts,
};

/** A city to be generated. */
export interface City {
  readonly enterprises: number;
  readonly seed: number;
}

function* linesOf(city: City, factsOf: FactsOf, nth: number): Generator<string> {
  const enterpriseAt = cityOf(city.enterprises, city.seed);
  let chunk = "";
  for (let index = 0; index < city.enterprises; index++) {
    // Each department has draws of its own: a new fact in one changes nothing in another.
    const enterprise = { ...enterpriseAt(index), chance: chanceOf(city.seed + 2 + nth, index) };
    for (const fact of factsOf(enterprise)) chunk += `${JSON.stringify(fact)}\n`;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  yield chunk;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Writes `<department>.ndjson` into a folder, made when it is missing; gives the number of facts of each. */
export async function generateCity(city: City, folder: string): Promise<Readonly<Record<string, number>>> {
  mkdirSync(folder, { recursive: true });
  const counts: Record<string, number> = {};
  for (const [nth, [department, factsOf]] of Object.entries(DEPARTMENTS).entries()) {
    let count = 0;
    const counted = function* (): Generator<string> {
      for (const chunk of linesOf(city, factsOf, nth)) {
        count += countLines(chunk);
        yield chunk;
      }
    };
    await pipeline(
      Readable.from(counted(), { highWaterMark: 1 }),
      createWriteStream(join(folder, `${department}.ndjson`)),
    );
    counts[department] = count;
  }
  return counts;
}

/** The command. */
export async function run(args: readonly string[]): Promise<number> {
  const { enterprises, seed, out } = readArguments(args, {
    usage: USAGE,
    required: ["enterprises", "seed", "out"],
  });
  const startedAt = performance.now();
  const city = {
    enterprises: toCount("--enterprises", enterprises!, { min: 1, max: ENTERPRISES_MAX }),
    seed: toCount("--seed", seed!, { min: 0, max: SEED_MAX }),
  };
  const counts = await generateCity(city, out!);
  for (const [department, count] of Object.entries(counts))
    console.log(`${department}.ndjson  ${count} facts`);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(
    `${total} facts about ${city.enterprises} enterprises in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  return 0;
}
