/** Text files in UTF-8, with or without a byte order mark, and in GB18030, told apart by what they hold. */
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";

const CHUNK_BYTES = 1_048_576;
const SEQUENCE_BYTES_MAX = 4;

/** An encoding that files come in. */
export type Encoding = "utf-8" | "gb18030";

// How many bytes at the end belong to a character that the next chunk ends.
function unfinishedBytes(chunk: Buffer): number {
  for (let back = 1; back < SEQUENCE_BYTES_MAX && back <= chunk.length; back++) {
    const byte = chunk[chunk.length - back]!;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

/** The encoding of a file: UTF-8 when all of it is, which a text in GB18030 practically never is; else GB18030. */
export async function detectEncoding(path: string): Promise<Encoding> {
  let carried = Buffer.alloc(0);
  for await (const part of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const chunk = carried.length === 0 ? part : Buffer.concat([carried, part]);
    const end = chunk.length - unfinishedBytes(chunk);
    if (!isUtf8(chunk.subarray(0, end))) return "gb18030";
    carried = Buffer.from(chunk.subarray(end));
  }
  return carried.length === 0 ? "utf-8" : "gb18030";
}

/** The text of a file in pieces, without the byte order mark. Throws when it is not in the encoding after all. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>)
      yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    throw new Error("the file is neither UTF-8 nor GB18030", { cause: error });
  }
}
