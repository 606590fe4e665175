/** Procedures over the running hub: a clerk's steps in order, what is refused, what is due day by day, and the way out of a list. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createHubPlace, type HubPlace, runHubCommand, startTestHub, type TestHub } from "./hub";

const listed = "91510700FAKE00013G";
const imported = "91510700FAKE01053U";
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

const shared = (type: string): string => (["ListEntry", "ProcedureStep"].includes(type) ? "Safety" : "");

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

async function importSteps(steps: readonly Fact[]) {
  const file = join(place.dataDir, "steps.ndjson");
  const rows = steps.map((one) => ({
    type: "ProcedureStep",
    department: "SAFETY",
    creditCode: imported,
    ...one,
  }));
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
    "PROCEDURE_STEP_OUT_OF_ORDER: CONFIRMED of LISTING over JOINT_PUNISHMENT_OBJECT is out of order: on 2018-05-02 it stands at GROUNDS_FOUND under my-integrity-punish 2018.1; due is COLLECTED.",
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
