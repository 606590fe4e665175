/** Trying out a changed pack on a small city: through the running hub, and from files. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { Pool } from "pg";
import { openDatabases } from "../../../../gateway/cli/databases";
import { generateCity } from "../../../../gateway/cli/generate";
import { repositoryRoot } from "../../../../schema/root";
import { createHubPlace, type HubPlace, runHubCommand, startTestHub, type TestHub } from "../../../hub";

const SCHEME = "nb-smart-safety/2013.1";
const DAY = "2026-11-01";
const ENTERPRISES = 3_000;

let place: HubPlace;
let folder: string;
let city: string;
let changed: string;

const impact = (...args: readonly string[]) => runHubCommand(place, ["policy", "impact", ...args]);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const rowsOf = (name: string) =>
  parse(read(`${name}.csv`), { columns: true, bom: true }) as Record<string, string>[];

function changePack(to: string, from: string, into: string): string {
  const copy = join(folder, to, SCHEME);
  cpSync(join(repositoryRoot, "subgraphs/joint/policies", SCHEME), copy, { recursive: true });
  const file = join(copy, "scheme.yaml");
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${from} does not stand in ${SCHEME}`);
  writeFileSync(file, text.replace(from, into));
  return copy;
}

beforeAll(async () => {
  place = await createHubPlace();
  folder = mkdtempSync(join(tmpdir(), "hub-impact-e2e-"));
  city = join(folder, "city");
  await generateCity({ enterprises: ENTERPRISES, seed: 3 }, city);
  // Grade C is barred from nothing today.
  changed = changePack("stricter", "    value: [D]", "    value: [C, D]");
});

afterAll(() => {
  place.remove();
  rmSync(folder, { recursive: true });
});

describe("from files", () => {
  test("who moves is told with rows, trades, places and examples, the same in every run", async () => {
    const first = await impact(SCHEME, changed, "--as-of", DAY, "--facts", city, "--out", join(folder, "a"));
    expect([first.status, first.stdout]).toEqual([0, expect.stringMatching(/BID: [\d,]+ worse/)]);
    const rows = rowsOf("a");
    const whole = rows.filter((row) => row["industry"] === "ALL" && row["district"] === "ALL");
    const bid = whole.filter((row) => row["question"] === "BID");
    expect(bid.reduce((sum, row) => sum + Number(row["enterprises"]), 0)).toBe(ENTERPRISES);
    const moved = bid.find((row) => row["after"] === "RESTRICTED" && row["before"] === "NORMAL")!;
    expect(moved["direction"]).toBe("WORSE");
    const parts = (by: string, other: string) =>
      rows
        .filter((row) => row["question"] === "BID" && row["before"] === "NORMAL")
        .filter((row) => row["after"] === "RESTRICTED" && row[by] !== "ALL" && row[other] === "ALL")
        .reduce((sum, row) => sum + Number(row["enterprises"]), 0);
    expect(parts("industry", "district")).toBe(Number(moved["enterprises"]));
    expect(parts("district", "industry")).toBe(Number(moved["enterprises"]));
    expect(moved["examples"]!.split(" ")).toHaveLength(10);
    const examples = rowsOf("a.examples").filter(
      (row) => row["creditCode"] === moved["examples"]!.split(" ")[0],
    );
    expect(examples[0]).toMatchObject({ rowsAfter: expect.stringContaining("NB-BID-SECTION") as string });
    expect(read("a.svg")).toMatch(/^<svg [\s\S]*BID: NORMAL → RESTRICTED[\s\S]*<\/svg>$/);

    await impact(SCHEME, changed, "--as-of", DAY, "--facts", city, "--out", join(folder, "b"));
    for (const kind of ["csv", "examples.csv", "svg"]) expect(read(`b.${kind}`)).toBe(read(`a.${kind}`));
  });

  test("a pack against itself moves nobody", async () => {
    const { stdout, stderr } = await impact(
      SCHEME,
      SCHEME,
      "--as-of",
      DAY,
      "--facts",
      city,
      "--out",
      join(folder, "c"),
    );
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(/nobody moves: ANYTHING, LOAN/) as string,
      stderr: expect.not.stringContaining("Legend") as string,
    });
    expect(read("c.svg")).toContain("nobody moves");
  });

  test("a department whose file is missing is silent: its enterprises are undetermined, and nobody gains by it", async () => {
    const partial = join(folder, "partial");
    cpSync(city, partial, { recursive: true });
    rmSync(join(partial, "construction.ndjson"));
    const generous = changePack("generous", "    value: [A]", "    value: [A, B, C]");
    const out = join(folder, "d");
    const { stdout } = await impact(SCHEME, generous, "--as-of", DAY, "--facts", partial, "--out", out);
    expect(stdout).toMatch(/silent for some or all: CONSTRUCTION/);
    const open = rowsOf("d").filter(
      (row) => row["question"] === "BID" && row["direction"] === "UNDETERMINED",
    );
    expect(Number(open[0]!["enterprises"])).toBeGreaterThan(0);
    expect(open[0]!["silent"]).toBe(`CONSTRUCTION ${open[0]!["enterprises"]}`);
    await impact(SCHEME, generous, "--as-of", DAY, "--facts", city, "--out", join(folder, "e"));
    const gained = (name: string) =>
      rowsOf(name)
        .filter(
          (row) => row["question"] === "BID" && row["direction"] === "BETTER" && row["industry"] === "ALL",
        )
        .find((row) => row["district"] === "ALL")!["enterprises"];
    expect(Number(gained("d"))).toBeLessThan(Number(gained("e")));
  });

  test("lines that are no facts stop the trial, with file and line; nothing is left behind", async () => {
    const broken = join(folder, "broken");
    cpSync(city, broken, { recursive: true });
    writeFileSync(
      join(broken, "tax.ndjson"),
      `{"type":"TaxArrears","creditCode":"91330200GEN0000001","documentNumber":"1"}\nnonsense\n`,
    );
    const out = join(folder, "f");
    const { status, stderr } = await impact(SCHEME, changed, "--facts", broken, "--out", out);
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/tax\.ndjson, line 1: .*\n.*tax\.ndjson, line 2: the line is not JSON/),
    ]);
    expect(existsSync(`${out}.csv`)).toBe(false);
    expect(
      readdirSync(tmpdir()).filter(
        (name) => name.startsWith("hub-impact-") && !name.startsWith("hub-impact-e2e"),
      ),
    ).toEqual([]);
  });
});

test("without a hub that runs the remedy is told", async () => {
  const { status, stderr } = await impact(SCHEME, SCHEME);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/the register of enterprises cannot be asked .*start the hub, or try out on files/),
  ]);
});

describe("through the running hub", () => {
  let hub: TestHub;
  beforeAll(async () => {
    const files = readdirSync(city).map((name) => join(city, name));
    const imported = await runHubCommand(place, ["import", ...files]);
    expect(imported.status).toBe(0);
    hub = await startTestHub(place, ["--no-demo"]);
  });
  afterAll(() => hub.stop());

  test("the same facts move the same enterprises as from files, and nothing is recorded", async () => {
    const { status, stdout } = await impact(SCHEME, changed, "--as-of", DAY, "--out", join(folder, "g"));
    expect([status, stdout]).toEqual([0, expect.stringContaining("3,000 enterprises tried out")]);
    await impact(SCHEME, changed, "--as-of", DAY, "--facts", city, "--out", join(folder, "h"));
    for (const kind of ["csv", "examples.csv", "svg"]) expect(read(`g.${kind}`)).toBe(read(`h.${kind}`));
    const databases = await openDatabases(["joint"], {
      dataDir: place.dataDir,
      work: "a test",
      environment: {},
    });
    const pool = new Pool({ connectionString: databases.urlOf("joint"), max: 1 });
    const { rows } = await pool.query("SELECT count(*)::int AS receipts FROM receipt");
    await pool.end();
    expect(rows).toEqual([{ receipts: 0 }]);
  });
});
