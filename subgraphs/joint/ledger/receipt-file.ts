/**
 * Reads the file of a receipt into the parts of a JWS. Only the order of keys and white space may differ from the canonical
 * form (RFC 8785): a number, a letter or an escape in another form is refused, and so is a key that stands twice.
 */
import canonicalize from "canonicalize";

/** A JWS whose payload is in canonical form, whatever form the file had. `header` and `signature` are base64url. */
export interface ReceiptParts {
  readonly header: string;
  readonly canonicalPayload: string;
  readonly signature: string;
}

/** Why a receipt does not hold, said to whoever holds it. */
export class ReceiptRefusal extends Error {
  override readonly name = "ReceiptRefusal";
}

/**
 * Reads a compact JWS, or JSON with the JWS as `jws` and optionally the decision in the open as `decision`; the JWS may then
 * be detached (RFC 7515, appendix F). Throws ReceiptRefusal.
 */
export function readReceiptFile(text: string): ReceiptParts {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{")) return withPayload(splitJws(trimmed), undefined);
  const file = parseExactly(trimmed, "the file");
  const { jws, decision } = file;
  if (typeof jws !== "string")
    throw new ReceiptRefusal("the file holds no receipt: the field `jws` is missing");
  return withPayload(splitJws(jws), decision === undefined ? undefined : canonicalize(decision));
}

interface JwsParts {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

function splitJws(jws: string): JwsParts {
  const parts = jws.split(".");
  if (parts.length !== 3) throw new ReceiptRefusal("the text is not a compact JWS of three parts");
  // Decoders ignore stray bits and letters; a changed character must not pass.
  for (const part of parts)
    if (Buffer.from(part, "base64url").toString("base64url") !== part)
      throw new ReceiptRefusal("the JWS is not written in exact base64url");
  return { header: parts[0]!, payload: parts[1]!, signature: parts[2]! };
}

function withPayload({ header, payload, signature }: JwsParts, decision: string | undefined): ReceiptParts {
  if (payload === "" && decision !== undefined) return { header, canonicalPayload: decision, signature };
  const text = Buffer.from(payload, "base64url").toString("utf8");
  const canonicalPayload = canonicalize(parseExactly(text, "the signed decision"))!;
  if (decision !== undefined && decision !== canonicalPayload)
    throw new ReceiptRefusal("the decision in the file is not the one that its JWS signs");
  return { header, canonicalPayload, signature };
}

function parseExactly(text: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ReceiptRefusal(`${what} is not JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ReceiptRefusal(`${what} is not a JSON object`);
  // Re-ordering moves characters but neither adds, drops nor changes one.
  if (charactersOf(withoutSpace(text)) !== charactersOf(canonicalize(value)!))
    throw new ReceiptRefusal(
      `${what} differs from its canonical form (RFC 8785) in more than order and white space`,
    );
  return value as Record<string, unknown>;
}

function withoutSpace(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, "$1");
}

function charactersOf(text: string): string {
  return text.split("").sort().join("");
}
