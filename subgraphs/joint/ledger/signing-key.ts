/**
 * One Ed25519 key pair that signs receipts: made at first start, kept on the machine that signs (mode 0600), named by the
 * RFC 7638 thumbprint of its public half.
 */
import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { calculateJwkThumbprint, type JWK } from "jose";

/** The private half of a key, ready to sign. Never leaves this process or its file. */
export interface SigningKey {
  readonly kid: string;
  readonly publicJwk: JWK;
  /** The JWS (RFC 7515, compact) of a text; signed on the thread pool, so that judging goes on meanwhile. */
  readonly signText: (text: string) => Promise<string>;
}

const signOnPool = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    sign(null, data, key, done),
);

/** The `typ` of a receipt's JWS header, so that nothing else signed with the key passes for a receipt. */
export const RECEIPT_TYPE = "hub-receipt";

async function toSigningKey(privateKey: KeyObject): Promise<SigningKey> {
  const { d: _private, ...publicHalf } = privateKey.export({ format: "jwk" });
  const kid = await calculateJwkThumbprint(publicHalf as JWK);
  const header = Buffer.from(JSON.stringify({ alg: "EdDSA", kid, typ: RECEIPT_TYPE })).toString("base64url");
  return {
    kid,
    publicJwk: { ...publicHalf, kid, alg: "EdDSA", use: "sig" } as JWK,
    async signText(text) {
      const input = `${header}.${Buffer.from(text).toString("base64url")}`;
      const signature = await signOnPool(Buffer.from(input, "latin1"), privateKey);
      return `${input}.${signature.toString("base64url")}`;
    },
  };
}

const keyFile = (folder: string): string => join(folder, "receipt-key.pem");

/**
 * The key that this machine signs with. The first caller makes it; when two processes start at once, both end up with the
 * one that was in place first.
 */
export async function openSigningKey(folder: string): Promise<SigningKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = await readKeyFile(folder);
  if (pem !== undefined) return toSigningKey(createPrivateKey(pem));
  await placeNewKey(folder);
  return openSigningKey(folder);
}

/** Takes the key out of use on this machine; the next `openSigningKey` makes a new one. The old private half is gone. */
export async function discardSigningKey(folder: string): Promise<void> {
  await rm(keyFile(folder), { force: true });
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
  const draft = `${keyFile(folder)}.${process.pid}`;
  await writeFile(draft, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flush: true });
  try {
    // A link is refused when the name is taken: whoever comes second uses the first key and never half a file.
    await link(draft, keyFile(folder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
