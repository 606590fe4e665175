// Hive Gateway's runtime with the Rust planner as fast as its options make it: every feature that the credit check does
// not need is off, and subgraphs are asked over one undici pool each instead of fetch.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { defaultPrintFn } from "@graphql-tools/executor-common";
import { Pool } from "undici";

const printed = new WeakMap();

function print(document) {
  let text = printed.get(document);
  if (text === undefined) printed.set(document, (text = defaultPrintFn(document)));
  return text;
}

const undiciTransport = {
  getSubgraphExecutor({ transportEntry }) {
    const { origin, pathname: path } = new URL(transportEntry.location);
    const pool = new Pool(origin, { connections: 64 });
    const headers = { "content-type": "application/json", accept: "application/json" };
    return async function executeSubgraph({ document, variables, operationName }) {
      const body = JSON.stringify({ query: print(document), variables, operationName });
      const response = await pool.request({ path, method: "POST", headers, body });
      return response.body.json();
    };
  },
};

const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.env.BENCH_SUPERGRAPH, "utf8"),
  unifiedGraphHandler,
  transports: { http: undiciTransport },
  logging: false,
  cors: false,
  graphiql: false,
  landingPage: false,
  maskedErrors: false,
  subgraphErrors: false,
  requestId: false,
  batching: false,
  multipart: false,
  contentEncoding: false,
  executionCancellation: false,
  upstreamCancellation: false,
  healthCheckEndpoint: "",
  readinessCheckEndpoint: "",
});
createServer(gateway).listen(Number(process.env.BENCH_PORT), "127.0.0.1");
