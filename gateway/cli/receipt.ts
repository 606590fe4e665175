/** `hub receipt verify|show|replay|keys|retire-key|revoke-key`: signed decisions, and the keys that they are signed with. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openLedger, policiesFolder, type LedgerDesk } from "../../subgraphs/joint";
import { describeReceipt } from "../../subgraphs/joint/ledger/describe-receipt";
import { readPublishedCopy } from "../../subgraphs/joint/ledger/keyring";
import { parsePublishedKeys, type PublishedKeys } from "../../subgraphs/joint/ledger/published-keys";
import { replayReceipt } from "../../subgraphs/joint/ledger/replay-receipt";
import { verifyReceipt } from "../../subgraphs/joint/ledger/verify-receipt";
import { loadPacks } from "../../subgraphs/joint/policy/pack/load-packs";
import { dataFolderOf } from "./data-folder";
import { openDatabases } from "./databases";
import { keysFolderOf } from "./start/joint";

const USAGE = `usage: npm run hub -- receipt verify FILE [--keys JWKS]   verifies a receipt offline
       npm run hub -- receipt show ID                    prints a kept receipt, ready for verify
       npm run hub -- receipt replay ID                  decides it again with the evidence and the pack of then
       npm run hub -- receipt keys                       the published keys
       npm run hub -- receipt retire-key KID             signs with a new key; the old one verifies what it signed
       npm run hub -- receipt revoke-key KID             nothing that the key signed verifies any more`;

// A running hub notices the end of its key within a second; what it had signed by then may still be on its way to the disk.
const RETIRE_AFTER_MS = 60_000;

const keysFolder = (): string => keysFolderOf(dataFolderOf(process.env));

type Action = (desk: LedgerDesk, argument: string) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = {
  show: async (desk, id) => {
    const found = await desk.ledger.find(id);
    if (!found) return complain(`there is no receipt ${id}`);
    console.log(JSON.stringify({ decision: found.content, jws: found.jws() }, null, 2));
    return 0;
  },
  replay: async (desk, id) => {
    const found = await desk.ledger.find(id);
    if (!found) return complain(`there is no receipt ${id}`);
    const evidence = await desk.ledger.findEvidence(found.content);
    if (evidence === undefined) return complain(`the evidence of receipt ${id} is not kept`);
    const replay = replayReceipt(found.content, evidence, await loadPacks(policiesFolder));
    if (!replay.same) return complain(`receipt ${id}: ${replay.reason}`);
    console.log(`the same, bit for bit\n${describeReceipt(found.content)}`);
    return 0;
  },
  keys: async (desk) => {
    console.log(JSON.stringify({ keys: await desk.keys.list() }, null, 2));
    return 0;
  },
  "retire-key": async (desk, kid) => {
    const until = new Date(Date.now() + RETIRE_AFTER_MS).toISOString();
    if (!(await desk.keys.retire(kid, until))) return complain(`there is no key ${kid} in use`);
    console.log(`key ${kid} is retired; it stands for what was decided before ${until}`);
    return 0;
  },
  "revoke-key": async (desk, kid) => {
    if (!(await desk.keys.revoke(kid))) return complain(`there is no key ${kid}`);
    console.log(`key ${kid} is revoked; no receipt signed with it verifies any more`);
    return 0;
  },
};

/** The command. Exit status 1 when a receipt does not hold, 2 for a wrong call. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { keys: { type: "string" } },
    allowPositionals: true,
  });
  const [action = "", argument, ...more] = positionals;
  if (more.length > 0) return complain(USAGE, 2);
  if (action === "verify" && argument !== undefined) return verify(argument, values.keys);
  const chosen = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  const takesArgument = action !== "keys";
  if (!chosen || takesArgument !== (argument !== undefined)) return complain(USAGE, 2);
  return withLedger((desk) => chosen(desk, argument ?? ""));
}

function complain(sentence: string, status = 1): number {
  console.error(status === 2 ? sentence : `hub: ${sentence}`);
  return status;
}

async function verify(file: string, keysFile: string | undefined): Promise<number> {
  const published =
    keysFile === undefined ? await copiedKeys() : parsePublishedKeys(readFileSync(keysFile, "utf8"));
  const verification = await verifyReceipt(readFileSync(file, "utf8"), published);
  if (!verification.valid) return complain(`the receipt does not hold: ${verification.reason}`);
  console.log(`valid, signed with key ${verification.kid}\n${describeReceipt(verification.content)}`);
  return 0;
}

async function copiedKeys(): Promise<PublishedKeys> {
  try {
    return await readPublishedCopy(keysFolder());
  } catch (error) {
    throw new Error("no published keys lie in the data folder; name a JWKS file with --keys", {
      cause: error,
    });
  }
}

async function withLedger(work: (desk: LedgerDesk) => Promise<number>): Promise<number> {
  const dataDir = dataFolderOf(process.env);
  const databases = await openDatabases(["joint"], {
    dataDir,
    work: "hub receipt",
    environment: process.env,
  });
  try {
    const desk = openLedger(databases.urlOf("joint"), keysFolder());
    return await work(desk).finally(() => desk.close());
  } finally {
    await databases.close();
  }
}
