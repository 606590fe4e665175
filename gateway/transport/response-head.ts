/** Reads the head of an HTTP/1.1 response (RFC 9112, sections 4 to 6), strictly. */
import { TransportError } from "../engine/contract";

/** What a head says, as far as it matters here. */
export interface ResponseHead {
  readonly status: number;
  /** Bytes of the body; undefined when it comes in chunks. 0 unless the status is 200: no other body is read. */
  readonly length: number | undefined;
  readonly contentType: string | undefined;
  /** Whether the peer closes the connection behind this response. */
  readonly isLast: boolean;
  /** How long the peer says it keeps the connection open while idle. */
  readonly keepAliveMs: number | undefined;
}

type Fields = Partial<Record<(typeof READ)[number], string>>;

const READ = [
  "content-length",
  "transfer-encoding",
  "content-type",
  "content-encoding",
  "connection",
  "keep-alive",
] as const;
const readNames: ReadonlySet<string> = new Set(READ);
const STATUS_LINE = /^HTTP\/1\.1 ([1-5][0-9][0-9])(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

/** Reads a head, given without the empty line that ends it. Throws a TransportError. */
export function readHead(text: string): ResponseHead {
  const [first = "", ...lines] = text.split("\r\n");
  const status = Number(STATUS_LINE.exec(first)?.[1]);
  if (!status) throw odd("The answer is not HTTP/1.1.");
  const fields = readFields(lines);
  if ((fields["content-encoding"] ?? "identity") !== "identity") throw odd("The answer is compressed.");
  const connection = fields.connection?.toLowerCase() ?? "";
  const seconds = /timeout=([0-9]{1,6})/i.exec(fields["keep-alive"] ?? "")?.[1];
  return {
    status,
    length: status === 200 ? readLength(fields) : 0,
    contentType: fields["content-type"],
    isLast: connection.split(",").some((option) => option.trim() === "close"),
    keepAliveMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
  };
}

function readFields(lines: readonly string[]): Fields {
  const fields: Fields = {};
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) throw odd("The answer has a malformed header.");
    const known = name.toLowerCase();
    if (!readNames.has(known)) continue;
    const field = known as keyof Fields;
    // Said twice, even alike, is what smuggling looks like.
    if (fields[field] !== undefined) throw odd(`The answer says ${known} twice.`);
    fields[field] = value.trimEnd();
  }
  return fields;
}

function readLength(fields: Fields): number | undefined {
  const { "content-length": length, "transfer-encoding": encoding } = fields;
  if (encoding !== undefined) {
    if (length !== undefined || encoding.toLowerCase() !== "chunked")
      throw odd("The answer does not say plainly how long it is.");
    return undefined;
  }
  // A body that ends with the connection cannot be told from one that was cut off.
  if (length === undefined || !/^[0-9]{1,15}$/.test(length))
    throw odd("The answer does not say how long it is.");
  return Number(length);
}

function odd(message: string): TransportError {
  return new TransportError("malformed", message);
}
