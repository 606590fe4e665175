/**
 * The Ed25519 key that signs receipts on this machine: made at first start, kept in a file of mode 0600, named by the
 * RFC 7638 thumbprint of its public half.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, type JWK } from "jose";
import { createSigner, type Signer } from "./signer";

/** The private half of a key, ready to sign. It never leaves this process and its file. */
export interface SigningKey extends Signer {
  readonly kid: string;
  readonly publicJwk: JWK;
}

/**
 * The key that this machine signs with, from its folder. The first caller makes it; when two processes start at once, both
 * end up with the one that was in place first.
 */
export async function openSigningKey(folder: string): Promise<SigningKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = await readKeyFile(folder);
  if (pem !== undefined) return toSigningKey(createPrivateKey(pem));
  await placeNewKey(folder);
  return openSigningKey(folder);
}

/** Takes a key out of use on this machine: its private half is gone, and the next `openSigningKey` makes a new one. */
export async function discardSigningKey(folder: string, kid: string): Promise<void> {
  const pem = await readKeyFile(folder);
  if (pem === undefined) return;
  if ((await toSigningKey(createPrivateKey(pem))).kid === kid) await rm(keyFile(folder), { force: true });
}

const keyFile = (folder: string): string => join(folder, "receipt-key.pem");

async function toSigningKey(privateKey: KeyObject): Promise<SigningKey> {
  const publicHalf = createPublicKey(privateKey).export({ format: "jwk" });
  const kid = await calculateJwkThumbprint(publicHalf as JWK);
  return {
    kid,
    publicJwk: { ...publicHalf, kid, alg: "EdDSA", use: "sig" } as JWK,
    ...createSigner(kid, privateKey),
  };
}

async function readKeyFile(folder: string): Promise<string | undefined> {
  try {
    return await readFile(keyFile(folder), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function placeNewKey(folder: string): Promise<void> {
  const { privateKey } = generateKeyPairSync("ed25519");
  const draft = `${keyFile(folder)}.${randomUUID()}`;
  await writeFile(draft, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flush: true });
  try {
    // A link is refused when the name is taken: whoever comes second uses the first key, and nobody reads half a file.
    await link(draft, keyFile(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
