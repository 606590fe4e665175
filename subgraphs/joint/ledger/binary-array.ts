/**
 * A PostgreSQL `text[]` in the wire's binary form (`array_recv`). `pg` would write an array as one escaped literal, which for
 * a thousand receipts costs more than signing them.
 */

const TEXT_OID = 25;
const HEADER_BYTES = 20;
// Of a UTF-16 unit in UTF-8; a pair of surrogates takes four bytes in all.
const BYTES_A_CHARACTER_MAX = 3;

/** A one-dimensional `text[]` without nulls, to be passed as the value of a parameter that is cast to `text[]`. */
export function encodeTexts(texts: readonly string[]): Buffer {
  // Room for the longest that the texts can become, instead of measuring each of them first.
  let characters = 0;
  for (const text of texts) characters += text.length;
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + 4 * texts.length + BYTES_A_CHARACTER_MAX * characters);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // no nulls
  buffer.writeInt32BE(TEXT_OID, 8);
  buffer.writeInt32BE(texts.length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  let offset = HEADER_BYTES;
  for (const text of texts) {
    const bytes = buffer.write(text, offset + 4);
    buffer.writeInt32BE(bytes, offset);
    offset += 4 + bytes;
  }
  return buffer.subarray(0, offset);
}
