/** `npm run hub -- policy <subcommand>`: for those who write, review and sign policy packs. */
import { PolicyError } from "../../subgraphs/joint/policy/contract";
import type { Command } from "./main";
import { runCheck } from "./policy/check";
import { runDiff } from "./policy/diff";
import { runExamples } from "./policy/examples";
import { runExport, runImport } from "./policy/exchange";
import { runMutate } from "./policy/mutate";
import { runPublish } from "./policy/publish";
import { runReport } from "./policy/report";
import { runShow } from "./policy/show";

const SUBCOMMANDS: Readonly<Record<string, Command["run"]>> = {
  check: runCheck,
  diff: runDiff,
  // Loads the engine and the graph, which nothing else here needs.
  impact: async (args) => (await import("./policy/impact.js")).runImpact(args),
  show: runShow,
  export: runExport,
  import: runImport,
  mutate: runMutate,
  report: runReport,
  examples: runExamples,
  publish: runPublish,
};

const USAGE = `usage: npm run hub -- policy <subcommand>
  check DIR                            everything wrong with a pack, or with all packs of a folder; exit 1
  diff A B                             rows added, removed and changed between two packs, and keys of their scheme files
  impact A B [--as-of DAY] [--facts DIR] [--out NAME]
                                       the whole population under both packs: who moves, by industry and district
  show PACK [--html]                   a pack as people read it
  export TABLE.dmn --out TABLE.xlsx    the rules of a table as a spreadsheet, one row a rule
  import TABLE.xlsx --into TABLE.dmn   the rules of a spreadsheet back into the table
  mutate DIR [CASES.json...]           changes every cell of a pack, or of all packs, and asks whether a case notices; exit 1
  report DIR [CASES.json...]           rows, cases, covered cells and speed of each pack, as a table; exit 1
  examples DIR                         completes examples.json of a pack, or of all packs, until every cell is pinned
  publish DIR                          holds a pack, or all packs, to what they are today: a change is then a new version
DIR of one pack is <scheme>/<version>. A, B and PACK are such folders, published or not, or <scheme>/<version>, or <scheme>: then in
the version of today (impact: of the day asked about).`;

/** Exit status 0 when all is well, 1 when something is wrong with a pack, 2 for a wrong call. */
export async function run([name, ...args]: readonly string[]): Promise<number> {
  const subcommand = name === undefined ? undefined : SUBCOMMANDS[name];
  if (!subcommand) {
    console.error(USAGE);
    return 2;
  }
  try {
    return await subcommand(args);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    console.error(error.message);
    return 1;
  }
}
