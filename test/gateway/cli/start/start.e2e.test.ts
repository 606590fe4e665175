import { createServer } from "node:net";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../../schema/root";
import {
  ask,
  createHubPlace,
  type HubPlace,
  launchHub,
  processesOf,
  startHubCommand,
  startTestHub,
  subgraphProcess,
  type TestHub,
  waitUntil,
} from "../../../hub";

let place: HubPlace;
let hub: TestHub;

beforeAll(async () => {
  place = await createHubPlace();
  hub = await startTestHub(place);
}, 180_000);
afterAll(async () => {
  await hub?.stop();
  place?.remove();
}, 60_000);

const refusalOf = async (environment: Readonly<Record<string, string>>, args: readonly string[] = []) => {
  const refused = launchHub({ environment }, args);
  return { status: await refused.ended, lines: refused.output().trim().split("\n") };
};

async function readStates(): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(`${place.url}/readyz`);
  return ((await response.json()) as { departments: Record<string, string> }).departments;
}

test("the request that a started hub prints can be pasted, and is answered", async () => {
  const body = /-d '(.*)'/.exec(hub.output())![1]!;
  const { query } = JSON.parse(body) as { query: string };
  const { enterprise } = await ask<{ enterprise: { decision: { outcome: string } } }>(place, query);
  expect(enterprise.decision.outcome).toBe("RESTRICTED");
});

test("the query of the README is answered as the README says", async () => {
  const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
  const [, query, answer] = /```graphql\n(.*?)```.*?```json\n(.*?)```/s.exec(readme)!;
  const { data } = JSON.parse(answer!) as { data: object };
  expect(await ask(place, query!)).toEqual(data);
});

test("a second hub on the same data folder is refused in one line", async () => {
  const other = await createHubPlace();
  const refusal = await refusalOf({ ...other.environment, HUB_DATA_DIR: place.dataDir });
  other.remove();
  expect(refusal).toEqual({
    status: 1,
    lines: [expect.stringMatching(/^hub: the data folder .* is in use by the hub \(process \d+\)$/)],
  });
}, 60_000);

test("a taken port is refused in one line, and nothing is left behind", async () => {
  const other = await createHubPlace();
  const stranger = createServer().listen(Number(other.environment["TAX_PORT"]), "127.0.0.1");
  const refusal = await refusalOf(other.environment);
  stranger.close();
  expect(refusal).toEqual({
    status: 1,
    lines: [`hub: port ${other.environment["TAX_PORT"]} is in use; set TAX_PORT to another one`],
  });
  expect(processesOf(other)).toEqual([]);
  expect(existsSync(join(other.dataDir, "hub.lock"))).toBe(false);
  other.remove();
}, 60_000);

test.each([
  [{ HUB_PORT: "many" }, /^hub: HUB_PORT: /],
  [{ TAX_DATABASE_URL: "mysql://somewhere" }, /^hub: TAX_DATABASE_URL: must be a postgres:\/\/ address/],
  [{ TAX_URL: "somewhere" }, /^hub: TAX_URL: must be an http/],
])(
  "a wrong variable %j stops the start with its name",
  async (wrong, line) => {
    const refusal = await refusalOf({ ...place.environment, ...wrong } as Record<string, string>);
    expect(refusal.status).toBe(1);
    expect(refusal.lines).toEqual([expect.stringMatching(line)]);
  },
  60_000,
);

test("a department that dies is started again and reported", async () => {
  process.kill(subgraphProcess(place, "tax"), "SIGKILL");
  await waitUntil(() => hub.output().includes("tax is back"), hub.output);
  await waitUntil(
    async () => (await readStates())["tax"] === "up",
    () => "tax is not up",
  );
  expect(hub.output()).toContain("tax was ended by SIGKILL; it is started again");
}, 120_000);

test("a hub that is told to stop while it is answering leaves no process", async () => {
  const answers = Array.from({ length: 20 }, () => ask<{ __typename: string }>(place, "{ __typename }"));
  await Promise.all(answers);
  expect(await hub.stop()).toBe(0);
  expect(processesOf(place)).toEqual([]);
}, 60_000);

test("a department that was left out can join a running hub from outside", async () => {
  hub = await startTestHub(place, ["--without", "tax"]);
  expect((await readStates())["tax"]).not.toBe("up");
  const { child, result } = startHubCommand(place, ["subgraph", "tax"]);
  await waitUntil(
    async () => (await readStates())["tax"] === "up",
    () => "tax did not join",
  );
  child.kill("SIGTERM");
  expect((await result).status).toBe(0);
}, 240_000);

test("a hub that is killed leaves no process behind, and the next start has everything", async () => {
  process.kill(hub.pid, "SIGKILL");
  await hub.ended;
  await waitUntil(
    () => processesOf(place).length === 0,
    () => JSON.stringify(processesOf(place)),
    30_000,
  );
  hub = await startTestHub(place);
  const query = `{ enterprise(creditCode: "91330206FAKE000138", asOf: "2013-12-31") { tax { rebates { amount } } } }`;
  expect(await ask(place, query)).toEqual({ enterprise: { tax: { rebates: [{ amount: "4000000.00" }] } } });
}, 240_000);
