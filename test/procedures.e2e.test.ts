/** Procedures over the running hub: a clerk's steps in order, what is refused, what is due day by day, and the way out of a list. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createHubPlace,
  type HubPlace,
  runHubCommand,
  startTestHub,
  subgraphProcess,
  type TestHub,
} from "./hub";

const listed = "91510700FAKE00013G";
const imported = "91510700FAKE01053U";
const twice = "91510700FAKE02017B";
const list = "JOINT_PUNISHMENT_OBJECT";

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

let place: HubPlace;
let hub: TestHub;

async function ask<Data>(query: string, variables: object = {}): Promise<Answer<Data>> {
  const response = await fetch(`${place.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<Data>;
}

type Fact = Readonly<Record<string, unknown>>;

/** What became of a fact that a clerk recorded: "recorded", or the code and sentence of the refusal. */
async function record(type: string, input: Fact): Promise<string> {
  const { errors } = await ask(
    `mutation ($input: ${type}Input!) { record${shared(type)}${type}(input: $input) { id } }`,
    {
      input: { creditCode: listed, ...input },
    },
  );
  return errors ? `${errors[0]!.extensions.code}: ${errors[0]!.message}` : "recorded";
}

const shared = (type: string): string =>
  ["ListEntry", "ProcedureStep", "MeasureExecution"].includes(type) ? "Safety" : "";

const step = (procedure: string, name: string, on: string, own: Fact = {}): Fact => ({
  documentNumber: `${procedure}-${name}-${String(own["by"] ?? "")}-${on}`,
  procedure,
  list,
  step: name,
  on,
  ...own,
});
const take = (procedure: string, name: string, on: string, own: Fact = {}) =>
  record("ProcedureStep", step(procedure, name, on, own));

const importSteps = (steps: readonly Fact[]) =>
  importFacts(steps.map((one) => ({ type: "ProcedureStep", creditCode: imported, ...one })));

async function importFacts(facts: readonly Fact[]) {
  const file = join(place.dataDir, "steps.ndjson");
  const rows = facts.map((one) => ({ department: "SAFETY", ...one }));
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const { status, stdout, stderr } = await runHubCommand(place, ["import", file]);
  const rejected = status === 1 ? readFileSync(file.replace(".ndjson", ".rejected.ndjson"), "utf8") : stderr;
  return { status, counts: stdout.trim().split("\n").at(-1), rejected };
}

beforeAll(async () => {
  place = await createHubPlace();
  hub = await startTestHub(place, ["--no-demo"]);
}, 180_000);

afterAll(async () => {
  const status = await hub?.stop();
  place?.remove();
  expect(status).toBe(0);
}, 60_000);

test("a clerk records a listing in order; a step out of order is refused with the step that is due", async () => {
  const violation = { kind: "SCENE_DESTROYED", occurredOn: "2018-04-20", documentNumber: "V-1" };
  expect(await record("SeriousViolation", violation)).toBe("recorded");
  expect(await take("LISTING", "CONFIRMED", "2018-05-02")).toBe(
    "PROCEDURE_STEP_OUT_OF_ORDER: CONFIRMED of LISTING over JOINT_PUNISHMENT_OBJECT is out of order: on 2018-05-02 it stands at GROUNDS_FOUND under my-integrity-punish 2018.3; due is COLLECTED.",
  );
  expect(await take("LISTING", "COLLECTED", "2018-05-02")).toBe("recorded");
  expect(await take("LISTING", "NOTICE_SERVED", "2018-05-10")).toBe("recorded");
  expect(await take("LISTING", "CONFIRMED", "2018-05-12")).toMatch(
    /stands at NOTICE_SERVED .* due is DEFENCE_HEARD\.$/,
  );
  expect(await take("LISTING", "DEFENCE_HEARD", "2018-05-20", { outcome: "NONE" })).toBe("recorded");
  expect(await take("LISTING", "CONFIRMED", "2018-05-28")).toBe("recorded");
});

test("the same step sent again changes nothing and is not refused", async () => {
  expect(await take("LISTING", "NOTICE_SERVED", "2018-05-10")).toBe("recorded");
  expect(await take("LISTING", "NOTICE_SERVED", "2018-05-11")).toMatch(
    /^PROCEDURE_STEP_OUT_OF_ORDER: .*due is/,
  );
});

test("of two clerks who serve the same notice at once one is refused", async () => {
  const step = (name: string, number: string) =>
    take("LISTING", name, "2018-05-02", { creditCode: twice, documentNumber: number });
  expect(await step("COLLECTED", "T-0")).toBe("recorded");
  const both = await Promise.all([step("NOTICE_SERVED", "T-1"), step("NOTICE_SERVED", "T-2")]);
  expect(both.filter((one) => one === "recorded")).toHaveLength(1);
  expect(both.filter((one) => one.startsWith("PROCEDURE_STEP_OUT_OF_ORDER"))).toHaveLength(1);
});

test("an import takes steps in the order of their days and writes the others to the reject file with the step that is due", async () => {
  const steps = [
    step("LISTING", "CONFIRMED", "2018-05-28"),
    step("LISTING", "NOTICE_SERVED", "2018-05-10"),
    step("LISTING", "COLLECTED", "2018-05-02"),
  ];
  const first = await importSteps(steps);
  expect([first.status, first.counts]).toEqual([1, "2 recorded, 0 unchanged, 0 corrected, 1 rejected"]);
  expect(first.rejected).toContain("due is DEFENCE_HEARD");
  const migrated = step("LISTING", "DEFENCE_HEARD", "2018-05-20", {
    outcome: "NONE",
    recordedAt: "2018-05-21T02:00:00Z",
  });
  const again = await importSteps([...steps, migrated]);
  expect([again.status, again.counts]).toEqual([0, "2 recorded, 2 unchanged, 0 corrected, 0 rejected"]);
});

test("an import holds a step against the entry that lies in the same file, and against one of another department", async () => {
  const removed = { creditCode: "91510700FAKE00101Y" };
  const facts = [
    { ...removed, ...step("REMOVAL", "REMOVAL_APPLIED", "2019-07-22"), type: "ProcedureStep" },
    {
      ...removed,
      type: "ListEntry",
      list,
      level: "PROVINCE",
      publishedOn: "2018-08-20",
      documentNumber: "E-2",
    },
  ];
  const objected = { creditCode: "91510700FAKE00128N", department: "TRANSPORT" };
  const provided = [
    {
      ...objected,
      ...step("OBJECTION", "OBJECTION_FILED", "2018-09-01"),
      by: "SUBJECT",
      type: "ProcedureStep",
    },
    { ...facts[1], ...objected, provider: "district transport department" },
  ];
  const { status, counts } = await importFacts([...facts, ...provided]);
  expect([status, counts]).toEqual([0, "4 recorded, 0 unchanged, 0 corrected, 0 rejected"]);
});

/** What is due over the listed enterprise on a day: `kind step by, due`, in the order of the days. */
async function dutiesOn(on: string): Promise<readonly string[]> {
  const { data } = await ask<{ duties: Duties }>(
    `query ($on: LocalDate!) { duties(department: SAFETY, on: $on, scheme: "my-integrity-punish") {
      edges { node { kind step by form dueOn isOverdue enterprise { creditCode safety { registration { name } } }
        carries { creditCode } } } missing { department } } }`,
    { on },
  );
  const { edges, missing } = data!.duties;
  expect(missing).toEqual([]);
  return edges.flatMap(({ node }) => {
    const codes = [node.enterprise?.creditCode, ...node.carries.map(({ creditCode }) => creditCode)];
    if (!codes.includes(listed)) return [];
    const { kind, step, by, dueOn, isOverdue } = node;
    return [
      [kind, step, ...by, dueOn, isOverdue ? "overdue" : null].filter((part) => part !== null).join(" "),
    ];
  });
}

interface Duties {
  readonly edges: readonly {
    readonly node: {
      readonly kind: string;
      readonly step: string | null;
      readonly by: readonly string[];
      readonly dueOn: string | null;
      readonly isOverdue: boolean;
      readonly enterprise: { readonly creditCode: string } | null;
      readonly carries: readonly { readonly creditCode: string }[];
    };
  }[];
  readonly missing: readonly unknown[];
}

async function stateOn(asOf: string) {
  const { data } = await ask<{ enterprise: { assessment: Fact } }>(
    `query ($creditCode: CreditCode!, $asOf: LocalDate!) { enterprise(creditCode: $creditCode, asOf: $asOf) {
      assessment { lists { list since until } procedures { procedure state } } } }`,
    { creditCode: listed, asOf },
  );
  return data!.enterprise.assessment as {
    readonly lists: readonly Fact[];
    readonly procedures: readonly { readonly procedure: string; readonly state: string }[];
  };
}

const approvals = "STEP APPROVED DISTRICT CITY PROVINCE";

test("duties change day by day: the next step, the report of the 2nd, its being overdue", async () => {
  expect(await dutiesOn("2018-05-09")).toEqual(["STEP NOTICE_SERVED"]);
  expect(await dutiesOn("2018-05-19")).toEqual(["STEP DEFENCE_HEARD"]);
  expect(await dutiesOn("2018-05-27")).toEqual(["STEP CONFIRMED"]);
  expect(await dutiesOn("2018-05-28")).toEqual(["MONTHLY_REPORT REPORTED 2018-06-02", approvals]);
  expect(await dutiesOn("2018-06-03")).toEqual(["MONTHLY_REPORT REPORTED 2018-06-02 overdue", approvals]);
  expect(await take("LISTING", "REPORTED", "2018-06-01")).toBe("recorded");
  expect(await dutiesOn("2018-06-03")).toEqual([approvals]);
});

test("the listing is in force from its publication on, and nothing is due until its window of removal opens", async () => {
  const approve = (by: string, on: string) => take("LISTING", "APPROVED", on, { by });
  expect(await approve("CITY", "2018-06-20")).toBe("recorded");
  expect(await dutiesOn("2018-06-21")).toEqual(["STEP APPROVED PROVINCE"]);
  expect(await take("LISTING", "PUBLISHED", "2018-06-22")).toMatch(/due is APPROVED by PROVINCE\.$/);
  expect(await approve("DISTRICT", "2018-06-22")).toMatch(/due is APPROVED by PROVINCE\.$/);
  expect(await approve("PROVINCE", "2018-07-02")).toBe("recorded");
  expect(await dutiesOn("2018-07-03")).toEqual(["STEP PUBLISHED"]);
  const entry = { list, level: "PROVINCE", publishedOn: "2018-08-20", documentNumber: "E-1" };
  expect(await record("ListEntry", entry)).toBe("recorded");
  expect(await take("LISTING", "PUBLISHED", "2018-08-20")).toBe("recorded");
  expect((await stateOn("2018-08-20")).lists).toEqual([{ list, since: "2018-08-20", until: "2019-08-20" }]);
  const execution = "EXECUTION credit-platform land 2018-09-02";
  expect(await dutiesOn("2018-08-21")).toEqual([execution]);
  expect(await dutiesOn("2018-09-03")).toEqual([`${execution} overdue`]);
  for (const measure of ["LAND_AUCTION_RESTRICT_OR_BAN", "PERSONAL_CREDIT_SYNC"]) {
    const done = {
      scheme: "my-integrity-punish",
      measure,
      list,
      executedOn: "2018-08-25",
      documentNumber: measure,
    };
    expect(await record("MeasureExecution", done)).toBe("recorded");
  }
  expect(await dutiesOn("2018-08-25")).toEqual([]);
  expect(await dutiesOn("2019-07-08")).toEqual([]);
  expect(await dutiesOn("2019-07-09")).toEqual(["EXPIRY REMOVAL_APPLIED SUBJECT 2019-08-19"]);
});

test("the list is left by an application in the window and verification on two levels", async () => {
  const verify = (by: string, on: string) =>
    take("REMOVAL", "REMOVAL_VERIFIED", on, { by, outcome: "PASSED" });
  expect(await verify("DISTRICT", "2019-07-10")).toMatch(/^PROCEDURE_STEP_OUT_OF_ORDER/);
  expect(await take("REMOVAL", "REMOVAL_APPLIED", "2019-07-22", { by: "SUBJECT" })).toBe("recorded");
  expect(await dutiesOn("2019-07-22")).toEqual([
    "EXPIRY 2019-08-19",
    "STEP REMOVAL_VERIFIED SUPERVISING_DEPARTMENT DISTRICT",
  ]);
  expect(await verify("CITY", "2019-07-23")).toMatch(
    /due is REMOVAL_VERIFIED by SUPERVISING_DEPARTMENT or DISTRICT/,
  );
  expect(await verify("SUPERVISING_DEPARTMENT", "2019-07-24")).toBe("recorded");
  expect(await dutiesOn("2019-07-24")).toContain("STEP REMOVAL_VERIFIED DISTRICT");
  expect(await verify("DISTRICT", "2019-07-25")).toBe("recorded");
  expect(await take("REMOVAL", "REMOVED", "2019-07-26")).toMatch(/due is REMOVAL_VERIFIED by CITY/);
  expect(await verify("CITY", "2019-07-29")).toBe("recorded");
  expect(await take("REMOVAL", "REMOVED", "2019-08-01")).toBe("recorded");
  expect((await stateOn("2019-07-31")).lists).toHaveLength(1);
  const { lists, procedures } = await stateOn("2019-08-01");
  expect(lists).toEqual([]);
  expect(procedures).toContainEqual({ procedure: "REMOVAL", state: "REMOVED" });
  expect(await dutiesOn("2019-08-01")).toEqual([]);
});

test("while a department that keeps lists is silent, no step is recorded and the duties say who is missing", async () => {
  const silenced = subgraphProcess(place, "tax");
  process.kill(silenced, "SIGSTOP");
  try {
    const sentence = await take("LISTING", "DEFENCE_HEARD", "2018-05-20", {
      creditCode: twice,
      outcome: "NONE",
    });
    expect(sentence).toMatch(/^SERVICE_UNAVAILABLE: .*record it again\.$/);
    const { data } = await ask<{ duties: Duties }>(
      `{ duties(on: "2018-05-20") { edges { node { kind } } missing { department } } }`,
    );
    expect(data!.duties.missing).toEqual([{ department: "TAX" }]);
  } finally {
    process.kill(silenced, "SIGCONT");
  }
});
