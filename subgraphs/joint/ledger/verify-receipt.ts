/** Verifies a receipt with nothing but the published keys; a refusal says why in a sentence for whoever holds the receipt. */
import { compactVerify, decodeProtectedHeader, errors, importJWK } from "jose";
import type { PublishedKey, PublishedKeys } from "./published-keys";
import type { ReceiptContent } from "./receipt-content";
import { type ReceiptParts, ReceiptRefusal, readReceiptFile } from "./receipt-file";
import { RECEIPT_TYPE } from "./receipt-jws";

/** A receipt that holds, with its content and the key that signed it; or the reason why it does not. */
export type Verification =
  | { readonly valid: true; readonly content: ReceiptContent; readonly kid: string }
  | { readonly valid: false; readonly reason: string };

/** Verifies the text of a receipt's file: its form, its key, its signature, and that the key stood when it was decided. */
export async function verifyReceipt(text: string, published: PublishedKeys): Promise<Verification> {
  try {
    const parts = readReceiptFile(text);
    const key = findKey(parts.header, published);
    const content = await checkSignature(parts, key);
    checkTime(content, key);
    return { valid: true, content, kid: key.kid };
  } catch (error) {
    if (error instanceof ReceiptRefusal) return { valid: false, reason: error.message };
    throw error;
  }
}

function findKey(header: string, published: PublishedKeys): PublishedKey {
  const { alg, kid, typ } = readHeader(header);
  if (alg !== "EdDSA" || typ !== RECEIPT_TYPE)
    throw new ReceiptRefusal("the JWS is not a receipt signed with EdDSA");
  const key = published.keys.find((candidate) => candidate.kid === kid);
  if (!key) throw new ReceiptRefusal("the receipt is signed with a key that is not among the published ones");
  if (key.revokedAt) throw new ReceiptRefusal(`the key of the receipt was revoked at ${key.revokedAt}`);
  return key;
}

function readHeader(header: string): { alg?: unknown; kid?: unknown; typ?: unknown } {
  try {
    return decodeProtectedHeader({ protected: header, payload: "", signature: "" });
  } catch {
    throw new ReceiptRefusal("the header of the JWS cannot be read");
  }
}

async function checkSignature(parts: ReceiptParts, key: PublishedKey): Promise<ReceiptContent> {
  const payload = Buffer.from(parts.canonicalPayload).toString("base64url");
  try {
    await compactVerify(`${parts.header}.${payload}.${parts.signature}`, await importJWK(key, "EdDSA"), {
      algorithms: ["EdDSA"],
    });
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new ReceiptRefusal("the signature does not match: the decision is not as it was signed");
  }
  return JSON.parse(parts.canonicalPayload) as ReceiptContent;
}

function checkTime({ decidedAt }: ReceiptContent, { validFrom, validUntil }: PublishedKey): void {
  const decided = Date.parse(decidedAt);
  if (decided >= Date.parse(validFrom) && (validUntil === null || decided < Date.parse(validUntil))) return;
  throw new ReceiptRefusal("the decision is dated outside the time for which its key stands");
}
