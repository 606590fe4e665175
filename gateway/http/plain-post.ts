/**
 * `POST /graphql` as nearly every one comes: JSON of a known length, one answer. It is read from and answered on node:http
 * itself, because the framework's work around each request costs as much as a fetch. What is not plain in every respect is
 * left to the routes, which refuse or answer it; both ways end in `answerRequest`.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerRequest, type HttpAnswer } from "./answer-request";
import { readPostedOperation, type DocumentSource } from "./read-operation";
import { ourFailure, Refusal, refusalBody } from "./refusal";
import { readRequestId, standingHeaders } from "./request-headers";
import type { ServerServices } from "./services";
import { parseStrictJson } from "./strict-json";

/** Takes a request if it is a plain one: true means that it will be answered here. */
export type TakePlainPost = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Makes the function. */
export function createPlainPost(services: ServerServices): TakePlainPost {
  const { bodyBytesMax, jsonNestingMax } = services.config.server;
  const source: DocumentSource = { trustedDocuments: services.trustedDocuments, jsonNestingMax };
  return (request, response) => {
    if (!isPlain(request, bodyBytesMax)) return false;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => void answer({ request, response, chunks }, services, source));
    return true;
  };
}

const JSON_IN_UTF8 = /^application\/json(?:; ?charset=utf-8)?$/i;

function isPlain({ method, url, headers }: IncomingMessage, bodyBytesMax: number): boolean {
  if (method !== "POST" || url !== "/graphql") return false;
  const length = Number(headers["content-length"]);
  return (
    length > 0 &&
    length <= bodyBytesMax &&
    JSON_IN_UTF8.test(headers["content-type"] ?? "") &&
    headers["content-encoding"] === undefined &&
    !headers.accept?.includes("event-stream")
  );
}

interface Posted {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly chunks: readonly Buffer[];
}

async function answer(
  { request, response, chunks }: Posted,
  services: ServerServices,
  source: DocumentSource,
): Promise<void> {
  const { headers } = request;
  const id = readRequestId(headers);
  const closing = services.stopping.aborted ? ["connection", "close"] : [];
  try {
    const body = parseStrictJson(
      chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
      source.jsonNestingMax,
    );
    const read = () => readPostedOperation(body, source);
    const answered = await answerRequest(
      { id, headers, method: "POST", read, startStream: refuseStream },
      services,
    );
    send(response, answered!, [...standingHeaders(id), ...closing]);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : ourFailure(error, id, services);
    sendRefusal(response, refusal, [...standingHeaders(id), ...closing]);
  }
}

/** Characters that node:http writes as text, with the head, without another copy. */
const SHORT = 5_000;

function send(
  response: ServerResponse,
  { status, contentType, mayRetry, body, isBytes }: HttpAnswer,
  head: string[],
): void {
  const bytes = isBytes ? body.length : Buffer.byteLength(body);
  head.push("content-type", contentType, "content-length", String(bytes));
  if (mayRetry) head.push("retry-after", "1");
  response.writeHead(status, head);
  // Text of one byte a character is cheaper to write when that is said, long text of others when it is bytes already.
  if (bytes === body.length) response.end(body, "latin1");
  else response.end(body.length < SHORT ? body : Buffer.from(body));
}

function sendRefusal(response: ServerResponse, refusal: Refusal, head: string[]): void {
  const body = refusalBody(refusal);
  head.push(
    "content-type",
    "application/json; charset=utf-8",
    "content-length",
    String(Buffer.byteLength(body)),
  );
  for (const [name, value] of Object.entries(refusal.extra.headers ?? {})) head.push(name, value);
  response.writeHead(refusal.status, head).end(body);
}

/** Events are asked for by a header that no plain request has. */
function refuseStream(): never {
  throw new Error("a plain request cannot be answered by events");
}
