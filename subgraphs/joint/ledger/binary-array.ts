/**
 * A PostgreSQL `text[]` in the wire's binary form (`array_recv`). `pg` would write an array as one escaped literal, which for
 * a thousand receipts costs more than signing them.
 */

const TEXT_OID = 25;
const HEADER_BYTES = 20;

/** A one-dimensional `text[]` without nulls, to be passed as the value of a parameter that is cast to `text[]`. */
export function encodeTexts(texts: readonly string[]): Buffer {
  let size = HEADER_BYTES;
  for (const text of texts) size += 4 + Buffer.byteLength(text);
  const buffer = Buffer.allocUnsafe(size);
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
  return buffer;
}
