/** A receipt as compact JWS (RFC 7515): put together from its parts, which is how it is kept. */

/** The `typ` of a receipt's header, so that nothing else signed with the key passes for a receipt. */
export const RECEIPT_TYPE = "hub-receipt";

/** What is signed: header and content in base64url. `content` is canonical text (RFC 8785). */
export function jwsInput(kid: string, content: string): string {
  return `${headerOf(kid)}.${Buffer.from(content).toString("base64url")}`;
}

/** The whole JWS. `signature` is base64url. */
export function jwsOf(kid: string, content: string, signature: string): string {
  return `${jwsInput(kid, content)}.${signature}`;
}

let lastHeader = { kid: "", text: "" };

/** The header of a receipt in base64url. Nearly every receipt of a process has the same key. */
export function headerOf(kid: string): string {
  if (kid !== lastHeader.kid) {
    const header = JSON.stringify({ alg: "EdDSA", kid, typ: RECEIPT_TYPE });
    lastHeader = { kid, text: Buffer.from(header).toString("base64url") };
  }
  return lastHeader.text;
}
