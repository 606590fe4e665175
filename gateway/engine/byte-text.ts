/**
 * Byte text: the UTF-8 bytes of a text, one character a byte. It is how texts come from subgraphs and go to them and to callers
 * without being decoded and encoded again: a part of it can be cut out and put elsewhere, and sending it copies bytes.
 * Text in ASCII is its own byte text.
 */

/** The byte text of a text. */
export function toByteText(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** The text of a byte text that is valid UTF-8. */
export function fromByteText(bytes: string): string {
  return Buffer.byteLength(bytes) === bytes.length ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
}
