/**
 * The key that receipts are signed with now, and all keys that were ever published. A key that was retired or revoked by
 * command is noticed within a second and replaced by a new one.
 */
import { randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { KeyStore } from "./key-store";
import { parsePublishedKeys, type PublishedKeys } from "./published-keys";
import { discardSigningKey, openSigningKey, type SigningKey } from "./signing-key";

/** How long a running process may go on with a key that has been retired or revoked meanwhile. */
export const KEY_AGE_MAX_MS = 1_000;

/** The keys of this process. */
export interface Keyring {
  /** The published key to sign with. Throws when the ledger's database cannot be asked. */
  readonly current: () => Promise<SigningKey>;
  /** What stands at `/.well-known/jwks.json`; from the copy in the folder while the database cannot be asked. */
  readonly published: () => Promise<PublishedKeys>;
  readonly close: () => void;
}

const copyIn = (folder: string): string => join(folder, "jwks.json");

/** The published keys as last seen by a process that uses this folder. Throws when there is no such copy. */
export async function readPublishedCopy(folder: string): Promise<PublishedKeys> {
  return parsePublishedKeys(await readFile(copyIn(folder), "utf8"));
}

/** The keyring over a folder of this machine (private key, copy of the public ones) and the shared list of public keys. */
export function createKeyring(folder: string, store: KeyStore): Keyring {
  let checked: { readonly key: SigningKey; readonly at: number } | undefined;
  let checking: Promise<SigningKey> | undefined;

  async function check(): Promise<SigningKey> {
    const opened = await openSigningKey(folder);
    const key = checked?.key.kid === opened.kid ? checked.key : opened;
    await store.publish(key.publicJwk, new Date().toISOString());
    const { keys } = await publish();
    const own = keys.find(({ kid }) => kid === key.kid);
    if (own?.validUntil || own?.revokedAt) {
      await discardSigningKey(folder, key.kid);
      return check();
    }
    if (checked && checked.key !== key) checked.key.close();
    checked = { key, at: Date.now() };
    return key;
  }

  async function confirm(): Promise<SigningKey> {
    const at = Date.now();
    if (!checked || !(await store.isInUse(checked.key.kid))) return check();
    checked = { ...checked, at };
    return checked.key;
  }

  async function publish(): Promise<PublishedKeys> {
    const published: PublishedKeys = { keys: await store.list() };
    const draft = `${copyIn(folder)}.${randomUUID()}`;
    await writeFile(draft, JSON.stringify(published, null, 2));
    await rename(draft, copyIn(folder));
    return published;
  }

  return {
    async current() {
      if (checked && Date.now() - checked.at < KEY_AGE_MAX_MS) return checked.key;
      checking ??= confirm().finally(() => (checking = undefined));
      return checking;
    },
    published: () => publish().catch(() => readPublishedCopy(folder)),
    close: () => checked?.key.close(),
  };
}
