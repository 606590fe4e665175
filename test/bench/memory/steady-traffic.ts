/** Sends requests at a steady rate, however long the answers take, and counts how each kind ended. */
import { Agent, request } from "node:http";
import type { RandomRequest } from "./random-requests";

/** How many requests of a kind ended in which way. */
export type Tally = Map<string, Record<Ending, number>>;

type Ending = "answered" | "withErrors" | "refused" | "failed" | "cut";

/** Traffic that runs until it is stopped. */
export interface Traffic {
  readonly tally: Tally;
  /** Resolves when nothing is under way any more. */
  readonly stop: () => Promise<void>;
}

/** Where the traffic goes, and how many requests a second. */
export interface TrafficOrder {
  readonly port: number;
  readonly perSecond: number;
  readonly draw: (index: number) => RandomRequest;
}

const TICK_MS = 25;

/** Starts the traffic. */
export function startTraffic({ port, perSecond, draw }: TrafficOrder): Traffic {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tally: Tally = new Map();
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  let sent = 0;

  async function sendOne(one: RandomRequest): Promise<void> {
    const ending = await send(one, { agent, port });
    const counts = tally.get(one.kind) ?? { answered: 0, withErrors: 0, refused: 0, failed: 0, cut: 0 };
    counts[ending]++;
    tally.set(one.kind, counts);
  }

  const timer = setInterval(() => {
    for (const due = ((performance.now() - startedAt) / 1000) * perSecond; sent < due; sent++) {
      const sending: Promise<void> = sendOne(draw(sent)).finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
  }, TICK_MS);
  return {
    tally,
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
      agent.destroy();
    },
  };
}

function send(
  { body, cutAfterMs }: RandomRequest,
  { agent, port }: { readonly agent: Agent; readonly port: number },
): Promise<Ending> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request({ agent, port, host: "127.0.0.1", path: "/graphql", method: "POST", headers });
    sent.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", () => resolve(cutAfterMs === undefined ? "failed" : "cut"));
      response.on("end", () => resolve(judge(response.statusCode!, Buffer.concat(chunks).toString("utf8"))));
    });
    sent.on("error", () => resolve(cutAfterMs === undefined ? "failed" : "cut"));
    if (cutAfterMs !== undefined) setTimeout(() => sent.destroy(), cutAfterMs);
    sent.end(body);
  });
}

function judge(status: number, body: string): Ending {
  if (status >= 500) return "failed";
  if (status >= 400) return "refused";
  return body.includes('"errors":[') ? "withErrors" : "answered";
}
