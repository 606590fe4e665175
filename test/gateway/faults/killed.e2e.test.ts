/**
 * Faults row 66: what a clerk was told is recorded stays recorded, once, whichever process is killed under the writes.
 * `HUB_KILL_ROUNDS=100` runs as many rounds as the row asks for.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  ask,
  createHubPlace,
  type HubPlace,
  postgresProcess,
  startTestHub,
  subgraphProcess,
  type TestHub,
  waitUntil,
} from "../../hub";

const ROUNDS = Number(process.env["HUB_KILL_ROUNDS"] ?? 3);
const WRITERS = 4;
const BACK_MS_MAX = 40_000;
const CODE = "91330206FAKE000138";
const RECORD = `mutation ($input: TaxArrearsInput!) { recordTaxArrears(input: $input) { documentNumber } }`;
const READ = `{ enterprise(creditCode: "${CODE}") { tax { arrears { documentNumber } } } }`;

let place: HubPlace;
let hub: TestHub;

beforeAll(async () => {
  place = await createHubPlace();
  hub = await startTestHub(place, ["--no-demo"]);
}, 180_000);
afterAll(async () => {
  await hub?.stop();
  place?.remove();
}, 60_000);

// Writes until told to stop; gives the document numbers that were acknowledged.
function startWriting(round: number): () => Promise<readonly string[]> {
  const acknowledged: string[] = [];
  let isOver = false;
  const write = async (writer: number) => {
    for (let nth = 0; !isOver; nth++) {
      const documentNumber = `R${round}-${writer}-${nth}`;
      const input = { creditCode: CODE, documentNumber, amount: "1.00", since: "2024-01-01" };
      try {
        const { recordTaxArrears } = await ask<{ recordTaxArrears: object | null }>(place, RECORD, { input });
        if (recordTaxArrears) acknowledged.push(documentNumber);
      } catch {
        // Whoever was told of a failure knows that nothing is promised.
        await sleep(20);
      }
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return async () => {
    isOver = true;
    await writing;
    return acknowledged;
  };
}

async function readRecorded(): Promise<readonly string[] | undefined> {
  try {
    const { enterprise } = await ask<{ enterprise: { tax: { arrears: { documentNumber: string }[] } } }>(
      place,
      READ,
    );
    return enterprise.tax.arrears.map(({ documentNumber }) => documentNumber);
  } catch {
    return undefined;
  }
}

async function waitUntilBack(): Promise<readonly string[]> {
  let recorded: readonly string[] | undefined;
  const isBack = async () => (recorded = await readRecorded()) !== undefined;
  await waitUntil(isBack, () => `the hub is not back: ${hub.output()}`, BACK_MS_MAX);
  return recorded!;
}

const kill = (pid: number): void => void process.kill(pid, "SIGKILL");
const victims: readonly (() => Promise<void>)[] = [
  async () => kill(postgresProcess(place)),
  async () => kill(subgraphProcess(place, "tax")),
  async () => {
    kill(hub.pid);
    await hub.ended;
    hub = await startTestHub(place, ["--no-demo"]);
  },
];

test(
  "no acknowledged record is lost or doubled, whatever is killed",
  async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const endWriting = startWriting(round);
      await sleep(200 + (round % 5) * 100);
      await victims[round % victims.length]!();
      await waitUntilBack();
      acknowledged.push(...(await endWriting()));
      const recorded = await waitUntilBack();
      const known = new Set(recorded);
      expect(acknowledged.filter((one) => !known.has(one))).toEqual([]);
      expect(recorded).toHaveLength(known.size);
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS);
  },
  60_000 + ROUNDS * 60_000,
);
