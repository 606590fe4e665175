/** A hop between the gateway and a subgraph that misbehaves on command. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { listen, read, stop } from "./small-city";

interface SubgraphAnswer {
  data?: { _entities?: (Record<string, unknown> | null)[] | null } | null;
  errors?: unknown;
}

/** What the hop may do with a request. `answer` asks the subgraph. */
export interface Passing {
  readonly response: ServerResponse;
  readonly answer: () => Promise<SubgraphAnswer>;
  readonly body: string;
  /** Counts from 1, since the fault was set. */
  readonly hit: number;
}

export type Fault = (passing: Passing) => void | Promise<void>;

export interface FaultyHop {
  readonly url: string;
  /** Misbehaves so from now on. */
  set(fault: Fault): void;
  /** Requests that came since the fault was set, and the headers of the last. */
  readonly hits: () => number;
  readonly lastHeaders: () => IncomingHttpHeaders;
  close(): Promise<void>;
}

export async function startFaultyHop(target: string): Promise<FaultyHop> {
  let fault: Fault = faults.none;
  let hits = 0;
  let lastHeaders: IncomingHttpHeaders = {};
  const server = createServer((request, response) => {
    void (async () => {
      const body = await read(request);
      if (body.includes('"{__typename}"')) return sendJson(response, { data: { __typename: "Query" } });
      hits++;
      lastHeaders = request.headers;
      const answer = async () => {
        const headers = { "content-type": "application/json" };
        return (await (await fetch(target, { method: "POST", headers, body })).json()) as SubgraphAnswer;
      };
      await fault({ response, answer, body, hit: hits });
    })().catch(() => response.destroy());
  });
  return {
    url: await listen(server),
    set(next) {
      fault = next;
      hits = 0;
    },
    hits: () => hits,
    lastHeaders: () => lastHeaders,
    close: () => stop(server),
  };
}

/** The faults of the catalogue, by name. */
export const faults = {
  none: async ({ response, answer }) => sendJson(response, await answer()),
  never: () => undefined,
  reset: ({ response }) => void response.socket?.resetAndDestroy(),
  halfABody({ response }) {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"data":{"_entities":[{"tax');
    setTimeout(() => response.destroy(), 50);
  },
  garbage: ({ response }) => void response.setHeader("content-type", "application/json").end('{"data": <<<'),
  html: ({ response }) => void response.setHeader("content-type", "text/html").end("<h1>log in</h1>"),
  htmlThatIsJson: async ({ response, answer }) =>
    void response.setHeader("content-type", "text/html").end(JSON.stringify(await answer())),
  empty: ({ response }) => void response.end(),
  error500: ({ response }) =>
    sendJson(response, { errors: [{ message: "boom at /srv/tax/db.js:12:3 SELECT * FROM arrears" }] }, 500),
  error503: ({ response }) => sendJson(response.setHeader("retry-after", "1"), {}, 503),
  error429: ({ response }) => sendJson(response.setHeader("retry-after", "1"), {}, 429),
  everySecond: async ({ response, answer, hit }) =>
    hit % 2 === 1 ? sendJson(response, {}, 503) : sendJson(response, await answer()),
  secretError: ({ response }) =>
    sendJson(response, { data: null, errors: [{ message: "relation arrears at 10.0.0.7:5432 SELECT 1" }] }),
  dataNull: ({ response }) => sendJson(response, { data: null }),
  noData: ({ response }) => sendJson(response, {}),
  entitiesNull: change((entities) => entities.map(() => null)),
  oneTooFew: change((entities) => entities.slice(1)),
  oneTooMany: change((entities) => [...entities, entities[0]!]),
  fieldMissing: change((entities) => entities.map((entity) => ({ __typename: entity?.["__typename"] }))),
  swapped: change((entities) => entities.toReversed()),
  wrongScalar: async ({ response, answer }) =>
    sendText(response, JSON.stringify(await answer()).replaceAll(/:\d+(\.\d+)?/g, ':"abc"')),
  objectForText: async ({ response, answer }) =>
    sendText(response, JSON.stringify(await answer()).replaceAll('"NONE_ON_RECORD"', '{"a":1}')),
  /** A subgraph that does not know `TaxRecord.grade` yet. */
  olderVersion: async ({ response, answer, body }) =>
    body.includes("grade")
      ? sendJson(response, { errors: [{ message: 'Cannot query field "grade" on type "TaxRecord".' }] })
      : sendJson(response, await answer()),
  async huge({ response }) {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"data":{"_entities":[],"x":"');
    const megabyte = "x".repeat(1 << 20);
    for (let sent = 0; sent < 60 && !response.destroyed; sent++)
      if (!response.write(megabyte)) await new Promise((resolve) => setTimeout(resolve, 5));
    response.end('"}}');
  },
  async drip({ response, answer }) {
    const text = JSON.stringify(await answer());
    response.writeHead(200, { "content-type": "application/json" });
    for (let at = 0; at < text.length && !response.destroyed; at++) {
      response.write(text[at]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    response.end();
  },
} satisfies Record<string, Fault>;

/** Answers after a pause. */
export function delayed(ms: number): Fault {
  return async ({ response, answer }) => {
    // A pause of 30 s must not keep the test's process alive.
    await new Promise((resolve) => setTimeout(resolve, ms).unref());
    sendJson(response, await answer());
  };
}

type Entities = (Record<string, unknown> | null)[];

function change(entities: (given: Entities) => Entities): Fault {
  return async ({ response, answer }) => {
    const given = await answer();
    if (given.data?._entities) given.data._entities = entities(given.data._entities);
    sendJson(response, given);
  };
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "application/json" }).end(body);
}
