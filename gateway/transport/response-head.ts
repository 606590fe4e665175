/** Reads the head of an HTTP/1.1 response, or of a 1.0 one (RFC 9112, sections 4 to 6), strictly. */
import { TransportError } from "../engine/contract";

/** What a head says, as far as it matters here. */
export interface ResponseHead {
  readonly status: number;
  /** Bytes of the body, or how its end is known. 0 unless the status is 200: no other body is read. */
  readonly length: number | "chunks" | "until it closes";
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
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5][0-9][0-9])(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/;

/** Reads a head, given without the empty line that ends it. Throws a TransportError. */
export function readHead(text: string): ResponseHead {
  const [first = "", ...lines] = text.split("\r\n");
  const [, version, code] = STATUS_LINE.exec(first) ?? [];
  if (!code) throw odd("The answer is not HTTP/1.1.");
  const status = Number(code);
  const fields = readFields(lines);
  if ((fields["content-encoding"] ?? "identity") !== "identity") throw odd("The answer is compressed.");
  const length = status === 200 ? readLength(fields) : 0;
  if (length === "chunks" && version === "0") throw odd("An answer of HTTP/1.0 comes in chunks.");
  const connection = fields.connection?.toLowerCase() ?? "";
  const closes = connection.split(",").some((option) => option.trim() === "close");
  const seconds = /timeout=([0-9]{1,6})/i.exec(fields["keep-alive"] ?? "")?.[1];
  return {
    status,
    length,
    contentType: fields["content-type"],
    isLast: closes || version === "0" || length === "until it closes",
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

function readLength(fields: Fields): ResponseHead["length"] {
  const { "content-length": length, "transfer-encoding": encoding } = fields;
  if (encoding !== undefined) {
    if (length !== undefined || encoding.toLowerCase() !== "chunked")
      throw odd("The answer does not say plainly how long it is.");
    return "chunks";
  }
  if (length === undefined) return "until it closes";
  if (!/^[0-9]{1,15}$/.test(length)) throw odd("The answer does not say plainly how long it is.");
  return Number(length);
}

function odd(message: string): TransportError {
  return new TransportError("malformed", message);
}
