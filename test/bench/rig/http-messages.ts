/**
 * The smallest reader of HTTP/1.1 messages that serves both ends of the bench. Subgraphs and load share one core while
 * the gateway has its own, so every microsecond here would be taken from the measurement: node:http costs five times more.
 */
const HEAD_END = Buffer.from("\r\n\r\n");
const LINE_END = Buffer.from("\r\n");
const LENGTH_HEADER = /\r\ncontent-length: *(\d+)/i;
const CHUNKED_HEADER = /\r\ntransfer-encoding: *chunked/i;

export type OnMessage = (body: Buffer, head: string) => void;

interface Framed {
  readonly body: Buffer;
  readonly end: number;
}

/** The body of a chunked message that starts at `start`, or undefined while it is not whole. */
function readChunked(bytes: Buffer, start: number): Framed | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf(LINE_END, at);
    if (lineEnd < 0) return undefined;
    const size = parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), end: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

function frame(bytes: Buffer, headEnd: number, head: string): Framed | undefined {
  const start = headEnd + 4;
  if (CHUNKED_HEADER.test(head)) return readChunked(bytes, start);
  const end = start + Number(LENGTH_HEADER.exec(head)?.[1] ?? 0);
  return bytes.length < end ? undefined : { body: bytes.subarray(start, end), end };
}

/** Gives a function to feed with what a socket reads; `onMessage` is called for each whole message. */
export function createMessageReader(onMessage: OnMessage): (chunk: Buffer) => void {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let neededBytes = 0;
  return (chunk) => {
    kept.push(chunk);
    keptBytes += chunk.length;
    if (keptBytes < neededBytes) return;
    let bytes = kept.length === 1 ? chunk : Buffer.concat(kept, keptBytes);
    neededBytes = 0;
    while (bytes.length > 0) {
      const headEnd = bytes.indexOf(HEAD_END);
      if (headEnd < 0) break;
      const head = bytes.toString("latin1", 0, headEnd);
      const message = frame(bytes, headEnd, head);
      if (!message) {
        neededBytes = headEnd + 4 + Number(LENGTH_HEADER.exec(head)?.[1] ?? 0);
        break;
      }
      bytes = bytes.subarray(message.end);
      onMessage(message.body, head);
    }
    kept = bytes.length > 0 ? [bytes] : [];
    keptBytes = bytes.length;
  };
}
