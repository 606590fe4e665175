/** The engine and its transports behind the smallest possible server: what the gateway's own duties are measured against. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { OperationRequest } from "../../../gateway/engine/contract";
import { createEngine } from "../../../gateway/engine/engine";
import { coalesceEntities } from "../../../gateway/transport/coalesce";
import { createHttpTransport } from "../../../gateway/transport/http";

const ANSWER_MS = 5_000;

const engine = createEngine({
  supergraphSdl: readFileSync(process.env["BENCH_SUPERGRAPH"]!, "utf8"),
  transports: (_name, url) => coalesceEntities(createHttpTransport({ url: url! })),
});

let requests = 0;

async function answer(body: string): Promise<string> {
  const context = {
    requestId: String(++requests),
    deadlineAt: performance.now() + ANSWER_MS,
    attributes: {},
  };
  return (await engine.execute(JSON.parse(body) as OperationRequest, context)).json;
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    void answer(Buffer.concat(chunks).toString()).then((json) => {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(json),
      });
      response.end(json);
    });
  });
}).listen(Number(process.env["BENCH_PORT"]), "127.0.0.1");
