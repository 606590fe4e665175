/** `npm run cases`: what it makes of cases that are not as they should be. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../gateway/cli/cases";

const CODE = "91330206FAKE000138";
const registered = { type: "EnterpriseRegistration", creditCode: CODE, name: "示例企业", sector: "INDUSTRY" };
const graded = {
  type: "GradeDetermination",
  creditCode: CODE,
  department: "SAFETY",
  scheme: "nb-smart-safety",
  grade: "B",
  validFrom: "2015-01-01",
  documentNumber: "1",
};
const sound = {
  id: "SOUND",
  scheme: "nb-smart-safety",
  asOf: "2015-06-30",
  facts: [registered, graded],
  expect: [{ creditCode: CODE, grade: "B" }],
};

const folder = mkdtempSync(join(tmpdir(), "cases-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function runCases(cases: readonly object[]): Promise<{ status: number; lines: readonly string[] }> {
  const file = join(folder, "cases.json");
  writeFileSync(file, JSON.stringify({ cases }));
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    const status = await run([file]);
    return { status, lines: log.mock.calls.map(([line]) => String(line)) };
  } finally {
    log.mockRestore();
  }
}

test("a case that cannot be read fails by itself, and the others of its file are run", async () => {
  const { status, lines } = await runCases([
    { ...sound, id: "ODD", expect: [{ creditCode: CODE, rank: 1 }] },
    sound,
  ]);
  expect(status).toBe(1);
  expect(lines).toEqual([
    expect.stringMatching(/^FAIL ODD: cannot be read: expect\.0: .*rank/),
    "ok   SOUND",
    "1 passed, 1 failed",
  ]);
});

test.each([
  ["a parameter that no pack has", { parameters: { gradeBand: {} } }, "there is no parameter gradeBand"],
  ["a scheme that no pack is of", { scheme: "no-such", expect: [] }, "there is no pack no-such"],
  [
    "an empty list of missing departments while one is silent",
    { silent: ["TAX"], expect: [{ creditCode: CODE, decision: { LOAN: { missing: [] } } }] },
    "LOAN names TAX as missing, expected none",
  ],
  [
    "a procedure that is named and not there",
    { expect: [{ creditCode: CODE, procedure: { procedure: "LISTING" } }] },
    "procedure is undefined",
  ],
])("%s fails the case", async (_what, change, fault) => {
  const { lines } = await runCases([{ ...sound, ...change }]);
  expect(lines[0]).toContain("FAIL SOUND");
  expect(lines[0]).toContain(fault);
});

test("a scheme without titles gives none", async () => {
  const { lines } = await runCases([
    { ...sound, expect: [{ creditCode: CODE, title: "NONE" }] },
    { ...sound, id: "SILENT", silent: ["SAFETY"], expect: [{ creditCode: CODE, title: "NONE" }] },
  ]);
  expect(lines[0]).toBe("ok   SOUND");
  expect(lines[1]).toContain("FAIL SILENT");
});

test("a figure of one list leaves out the entries and steps over others", async () => {
  const confirmed = { type: "ProcedureStep", department: "SAFETY", procedure: "LISTING", step: "CONFIRMED" };
  const facts = ["JOINT_PUNISHMENT_OBJECT", "SAFETY_BLACKLIST"].map((list) => ({
    ...confirmed,
    list,
    on: "2018-06-01",
  }));
  const of = { list: "SAFETY_BLACKLIST" };
  const figures = [{ name: "listingsConfirmedInMonth", of, value: 2, unit: "ENTRIES" }];
  const { lines } = await runCases([
    {
      ...{ id: "LISTS", scheme: "my-integrity-punish", asOf: "2018-06-30", facts: [] },
      ...{ population: [{ count: 2, facts }], statistics: { figures } },
    },
  ]);
  expect(lines[0]).toBe("ok   LISTS");
});

test("a parameter of another pack than the one asked changes nothing", async () => {
  const { status } = await runCases([{ ...sound, parameters: { specialPeriods: [] } }]);
  expect(status).toBe(0);
});

test("a named procedure is looked for by its name, whichever moved last", async () => {
  const entry = { creditCode: CODE, department: "SAFETY", list: "JOINT_PUNISHMENT_OBJECT" };
  const { status } = await runCases([
    {
      id: "NAMED",
      scheme: "my-integrity-punish",
      asOf: "2018-09-01",
      facts: [
        {
          ...entry,
          type: "ListEntry",
          level: "PROVINCE",
          publishedOn: "2018-08-20",
          provider: "p",
          documentNumber: "1",
        },
        {
          ...entry,
          type: "ProcedureStep",
          procedure: "OBJECTION",
          step: "OBJECTION_FILED",
          on: "2018-09-01",
          documentNumber: "2",
        },
      ],
      expect: [
        { creditCode: CODE, procedure: { state: "OBJECTION_OPEN" } },
        { creditCode: CODE, procedure: { procedure: "LISTING", state: "IN_FORCE" } },
      ],
    },
  ]);
  expect(status).toBe(0);
});
