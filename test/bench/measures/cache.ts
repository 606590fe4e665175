/** What the coherent cache is worth: the whole hub's credit check on unchanged facts, with it and without. */
import { type CityData, withCity } from "../hub/city-data";
import { FACTS, bodyOf, creditChecks, runContest } from "../hub/contest";
import { startHub } from "../hub/stacks";
import type { Workload } from "../world/operations";
import { atLeast, type Bench, type Measure, type Row } from "./measure";

const ENTERPRISES = 6_000;
const CONNECTIONS = 32;
const TIMES_UNCACHED = 3;
const MEGABYTES = "64";

const FACTS_ALONE = `query Facts($creditCode: CreditCode!, $asOf: LocalDate) {
  enterprise(creditCode: $creditCode, asOf: $asOf) {${FACTS}
  }
}`;

const workloadsOf = (data: CityData): readonly Workload[] => [
  creditChecks(data),
  {
    name: "hub facts alone",
    bodies: data.creditCodes.slice(0, 1_000).map((creditCode) => bodyOf(FACTS_ALONE, { creditCode })),
  },
];

async function runWith(megabytes: string, data: CityData, bench: Bench): Promise<readonly Row[]> {
  const hub = await startHub(data.dataDir, { HUB_CACHE_MEGABYTES: megabytes });
  try {
    const rows: Row[] = [];
    for (const workload of workloadsOf(data)) {
      const [row] = await runContest(bench, { stacks: [hub], workload, connections: CONNECTIONS });
      const title = `${workload.name}, ${megabytes === "0" ? "no cache" : "cache"}`;
      rows.push({ ...row!, id: title, title });
    }
    return rows;
  } finally {
    await hub.stop();
  }
}

export const cacheMeasure: Measure = {
  id: "cache",
  summary: "the whole hub's credit check on unchanged facts, with the coherent cache and without",
  run: (bench) =>
    withCity(ENTERPRISES, async (data) => {
      const without = await runWith("0", data, bench);
      const cached = await runWith(MEGABYTES, data, bench);
      const rateOf = ({ figures }: Row) => figures["requestsPerSecond"]!;
      const bars = without.map((row, index) =>
        atLeast(
          `times the uncached rate, ${row.title.split(",")[0]}`,
          TIMES_UNCACHED,
          rateOf(cached[index]!) / rateOf(row),
        ),
      );
      return [{ title: "coherent cache, whole hub on two cores", rows: [...without, ...cached], bars }];
    }),
};
