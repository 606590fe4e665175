/** Row 63 of the catalogue of faults: all five departments of a whole hub hang at once. */
import { departments } from "../../../gateway/config";
import {
  ask,
  createHubPlace,
  type HubPlace,
  startTestHub,
  subgraphProcess,
  type TestHub,
  waitUntil,
} from "../../hub";

// The gateway's cache vouches for what a department said for one more second, where it is turned on.
const environment = { HUB_CACHE_MEGABYTES: "10" };
const TRUST_MS = 1_000;
const ANSWER_MS_MAX = 6_000;
const QUERY = `{ enterprise(creditCode: "91330206FAKE000138", asOf: "2013-12-31") {
  ${departments.map((name) => `${name} { __typename }`).join(" ")}
  loan: decision(purpose: LOAN) { outcome missing { department } }
  rebate: decision(purpose: REBATE) { outcome missing { department } }
  bid: decision(purpose: BID) { outcome missing { department } }
} }`;
const PURPOSES = ["loan", "rebate", "bid"] as const;

interface Decided {
  readonly outcome: string;
  readonly missing: readonly { readonly department: string }[];
}

let place: HubPlace;
let hub: TestHub;

beforeAll(async () => {
  const chosen = await createHubPlace();
  place = { ...chosen, environment: { ...chosen.environment, ...environment } };
  hub = await startTestHub(place);
}, 180_000);
afterAll(async () => {
  const status = await hub?.stop();
  place?.remove();
  expect(status).toBe(0);
}, 60_000);

const signalAll = (signal: "SIGSTOP" | "SIGCONT"): void => {
  for (const name of departments) process.kill(subgraphProcess(place, name), signal);
};
const statusOf = async (path: string): Promise<number> => (await fetch(`${place.url}${path}`)).status;
const decide = async () =>
  (await ask<{ enterprise: Readonly<Record<string, unknown>> }>(place, QUERY)).enterprise as Readonly<
    Record<(typeof PURPOSES)[number], Decided>
  > &
    Readonly<Record<string, unknown>>;

test("with all departments down the hub is not ready and alive, decides nothing, and publishes its policies", async () => {
  const before = await decide();
  expect(PURPOSES.map((purpose) => before[purpose].outcome)).not.toContain("UNDETERMINED");
  signalAll("SIGSTOP");
  try {
    await new Promise((resolve) => setTimeout(resolve, TRUST_MS));
    const startedAt = performance.now();
    const answer = await decide();
    expect(performance.now() - startedAt).toBeLessThan(ANSWER_MS_MAX);
    for (const name of departments) expect(answer[name]).toBeNull();
    for (const purpose of PURPOSES) {
      expect(answer[purpose].outcome).toBe("UNDETERMINED");
      expect(answer[purpose].missing.map(({ department }) => department).sort()).toEqual(
        departments.map((name) => name.toUpperCase()).sort(),
      );
    }
    const ready = await fetch(`${place.url}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { ready: false }]);
    expect(await Promise.all(["/livez", "/policies", "/.well-known/jwks.json"].map(statusOf))).toEqual([
      200, 200, 200,
    ]);
  } finally {
    signalAll("SIGCONT");
  }
  await waitUntil(
    async () => (await statusOf("/readyz")) === 200,
    () => "the hub does not become ready again",
    60_000,
  );
  await waitUntil(
    async () => JSON.stringify(await decide()) === JSON.stringify(before),
    () => "the answer is not what it was",
    60_000,
  );
}, 180_000);
