import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { readSheet } from "read-excel-file/node";
import writeXlsxFile from "write-excel-file/node";
import type { Counts } from "../../../../gateway/cli/import/checkpoint";
import { importFile } from "../../../../gateway/cli/import/import-file";
import { openRecorder, type Recorder } from "../../../../gateway/cli/import/recorder";
import type { RowDefaults } from "../../../../gateway/cli/import/row";
import { createTestDatabases, type TestDatabases } from "../../../postgres";

const CODE = "91330206FAKE000138";
const folder = mkdtempSync(join(tmpdir(), "hub-import-"));
let databases: TestDatabases;
let recorder: Recorder;

beforeAll(async () => {
  databases = await createTestDatabases();
  recorder = openRecorder(databases);
});
afterAll(async () => {
  await recorder.close();
  await databases.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const toNdjson = (facts: readonly object[]): string => facts.map((fact) => JSON.stringify(fact)).join("\n");

function importInto(recorder: Recorder, path: string, defaults: RowDefaults = {}): Promise<Counts> {
  const silent = () => undefined;
  return importFile(path, { defaults, dataDir: folder, recorder, onProgress: silent, onNote: silent });
}
const run = (path: string, defaults: RowDefaults = {}): Promise<Counts> =>
  importInto(recorder, path, defaults);

async function select(department: "tax" | "safety", text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: databases.urlOf(department) });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(text);
  await client.end();
  return rows;
}

const arrears = (documentNumber: string, amount = "100.00", more: object = {}): object => ({
  type: "TaxArrears",
  creditCode: CODE,
  documentNumber,
  amount,
  since: "2024-01-01",
  ...more,
});

test("a file is imported once, however often it is sent", async () => {
  const path = write("once.ndjson", toNdjson([arrears("N-1"), arrears("N-2")]));
  expect(await run(path)).toEqual({ recorded: 2, unchanged: 0, corrected: 0, rejected: 0 });
  expect(await run(path)).toEqual({ recorded: 0, unchanged: 2, corrected: 0, rejected: 0 });
});

test("a refused row is written down with its reason, in the file's own format, and the others are taken", async () => {
  const path = write(
    "refused.ndjson",
    [
      JSON.stringify(arrears("N-3")),
      "{broken",
      JSON.stringify(arrears("N-4", "a lot")),
      JSON.stringify({ type: "Nothing", creditCode: CODE }),
      JSON.stringify({ type: "ListEntry", creditCode: CODE, documentNumber: "L-1" }),
    ].join("\n"),
  );
  expect(await run(path)).toEqual({ recorded: 1, unchanged: 0, corrected: 0, rejected: 4 });
  const lines = readFileSync(join(folder, "refused.rejected.ndjson"), "utf8").trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line) as Record<string, string>);
  expect(rows[0]).toEqual({ line: "{broken", rejectedBecause: "the line is not JSON." });
  expect(rows[1]).toMatchObject({
    documentNumber: "N-4",
    rejectedBecause: expect.stringMatching(/^amount: /),
  });
  expect(rows[2]!["rejectedBecause"]).toBe("type: there is no fact type Nothing.");
  expect(rows[3]!["rejectedBecause"]).toMatch(
    /^department: SAFETY, TRANSPORT, CONSTRUCTION, TAX record ListEntry/,
  );
});

test("a mended reject file is imported as it is, and then there is none", async () => {
  const path = write("mended.csv", `creditCode,documentNumber,amount,since\n${CODE},N-5,=1+1,2024-01-01\n`);
  expect(await run(path, { type: "TaxArrears" })).toMatchObject({ rejected: 1 });
  const rejected = join(folder, "mended.rejected.csv");
  const text = readFileSync(rejected, "utf8");
  expect(text.split("\n")[0]).toBe("\uFEFFcreditCode,documentNumber,amount,since,rejectedBecause");
  expect(text).toContain("'=1+1");
  writeFileSync(rejected, text.replace("'=1+1", "12.50"));
  expect(await run(rejected, { type: "TaxArrears" })).toMatchObject({ recorded: 1, rejected: 0 });
  expect(existsSync(join(folder, "mended.rejected.rejected.csv"))).toBe(false);
});

test("a correction in a file closes what it corrects, also when the file is sent again", async () => {
  const path = write(
    "corrected.ndjson",
    toNdjson([
      arrears("N-6", "100.00", { recordedAt: "2024-02-01T00:00:00Z" }),
      arrears("N-6", "90.00", { correction: true, recordedAt: "2024-03-01T00:00:00Z" }),
    ]),
  );
  expect(await run(path)).toEqual({ recorded: 1, unchanged: 0, corrected: 1, rejected: 0 });
  expect(await run(path)).toEqual({ recorded: 0, unchanged: 2, corrected: 0, rejected: 0 });
});

test("the publicity sheet of penalties is recognised in GB18030 and as a spreadsheet", async () => {
  // 统一社会信用代码,行政处罚决定书文号,处罚类别 and a row, in GB18030.
  const gb =
    "cdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb2cd0d0d5feb4a6b7a3bef6b6a8cae9cec4bac52cb4a6b7a3" +
    "c0e0b1f00a393133333032303646414b453030303133382c502d312cb7a3bfee0a";
  const path = write("penalties.csv", Buffer.from(gb, "hex"));
  expect(await run(path, { department: "SAFETY" })).toMatchObject({ recorded: 1, rejected: 0 });
  const sheet = join(folder, "penalties.xlsx");
  await writeXlsxFile([
    ["行政处罚信息公示表"],
    ["统一社会信用代码", "行政处罚决定书文号", "处罚类别", "罚款金额(万元)", "处罚决定日期"],
    [CODE, "P-2", "罚款", 5, { value: new Date("2024-05-20"), type: Date, format: "yyyy-mm-dd" }],
    ["91330206FAKE000139", "P-3", "罚款", 5, "2024-05-20"],
  ]).toFile(sheet);
  expect(await run(sheet, { department: "SAFETY" })).toMatchObject({ recorded: 1, rejected: 1 });
  expect(
    await select("safety", `SELECT document_number, kind, fine::text FROM administrative_penalty ORDER BY 1`),
  ).toEqual([
    { document_number: "P-1", kind: "罚款", fine: null },
    { document_number: "P-2", kind: "罚款", fine: "50000.00" },
  ]);
  const rejects = await readSheet(join(folder, "penalties.rejected.xlsx"));
  expect(rejects[1]!.at(-1)).toMatch(/check character/);
});

describe("an import that is killed", () => {
  const facts = Array.from({ length: 9_000 }, (_, index) => ({
    ...arrears(`K-${index}`),
    ...(index % 3_000 === 7 && { amount: "x" }),
  }));

  function dyingAfter(batches: number): Recorder {
    let left = batches;
    return {
      close: recorder.close,
      record: async (department, rows) => {
        const outcomes = await recorder.record(department, rows);
        // Written, but nobody was told: the worst moment.
        if (left-- <= 0) throw new Error("killed");
        return outcomes;
      },
    };
  }

  test("goes on where it stopped, and ends with the counts and rejects of the whole file", async () => {
    const path = write("killed.ndjson", toNdjson(facts));
    await expect(importInto(dyingAfter(1), path)).rejects.toThrow("killed");
    const counts = await run(path);
    expect(counts.recorded + counts.unchanged).toBe(8_997);
    expect(counts.rejected).toBe(3);
    expect(readFileSync(join(folder, "killed.rejected.ndjson"), "utf8").trim().split("\n")).toHaveLength(3);
    expect(
      await select("tax", `SELECT count(*)::int AS rows FROM tax_arrears WHERE document_number LIKE 'K-%'`),
    ).toEqual([{ rows: 8_997 }]);
  });

  test("goes on in a spreadsheet too", async () => {
    const path = join(folder, "killed.xlsx");
    const rows = facts.map((fact) => {
      const { creditCode, documentNumber, amount, since } = fact as Record<string, string>;
      return [creditCode!, `X${documentNumber}`, amount!, since!];
    });
    await writeXlsxFile([["creditCode", "documentNumber", "amount", "since"], ...rows]).toFile(path);
    await expect(importInto(dyingAfter(1), path, { type: "TaxArrears" })).rejects.toThrow("killed");
    const notes: string[] = [];
    const counts = await importFile(path, {
      defaults: { type: "TaxArrears" },
      dataDir: folder,
      recorder,
      onProgress: () => undefined,
      onNote: (note) => notes.push(note),
    });
    expect(notes).toEqual(["goes on after row 4000, where it was interrupted"]);
    // What was written when nobody was told is found unchanged.
    expect(counts).toEqual({ recorded: 4_998, unchanged: 3_999, corrected: 0, rejected: 3 });
    expect(await readSheet(join(folder, "killed.rejected.xlsx"))).toHaveLength(4);
    expect(existsSync(join(folder, "killed.rejected.xlsx.part"))).toBe(false);
  });

  test("starts again when the refused rows written so far are gone", async () => {
    const path = write("unkept.ndjson", toNdjson(facts));
    await expect(importInto(dyingAfter(1), path)).rejects.toThrow("killed");
    rmSync(join(folder, "unkept.rejected.ndjson"));
    expect(await run(path)).toMatchObject({ recorded: 0, unchanged: 8_997, rejected: 3 });
    expect(readFileSync(join(folder, "unkept.rejected.ndjson"), "utf8").trim().split("\n")).toHaveLength(3);
  });

  test("starts again when the database has lost what was there", async () => {
    const path = write(
      "emptied.ndjson",
      toNdjson(
        facts.map((fact) => ({
          ...fact,
          documentNumber: `E${String((fact as { documentNumber: string }).documentNumber)}`,
        })),
      ),
    );
    await expect(importInto(dyingAfter(1), path)).rejects.toThrow("killed");
    await select("tax", `DELETE FROM tax_arrears WHERE document_number LIKE 'EK-%'`);
    await run(path);
    expect(
      await select("tax", `SELECT count(*)::int AS rows FROM tax_arrears WHERE document_number LIKE 'EK-%'`),
    ).toEqual([{ rows: 8_997 }]);
  });
});

test("a file that is not what its name says is refused in one sentence", async () => {
  await expect(run(write("note.pdf", "x"))).rejects.toThrow(".ndjson, .csv or .xlsx");
  await expect(run(write("title.csv", "a,b\n1,2\n"))).rejects.toThrow("no header row");
});
