/** A gateway that has just started has tried itself out, and nobody has noticed. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGatewayConfig } from "../../gateway/config";
import { startGateway } from "../../gateway/start-gateway";
import { send } from "./http/test-server";
import { composeCity } from "./faults/small-city";

const config = { ...readGatewayConfig({ HUB_PORT: "0", HUB_LOG_LEVEL: "silent" }), subgraphUrls: {} };
// Nobody listens there: a gateway that asked would count failures.
const nobody = "http://127.0.0.1:9/graphql";

test("a gateway starts while no subgraph can be reached, asks none, and counts no request", async () => {
  const gateway = await startGateway({
    config,
    supergraphSdl: composeCity({ registry: nobody, tax: nobody }),
    introspectionByDefault: "open",
  });
  const { text } = await send(`${gateway.url}/metrics`);
  expect(text).not.toMatch(/hub_(subgraph_)?requests_total\{/);
  expect(text).toMatch(/hub_operation_hits 0\n/);
  expect(text).toMatch(/hub_request_seconds_count\{type="query"\} 0\n/);
  await gateway.close();
});

test("a set of trusted documents that does not hold our own does not stop a gateway from starting", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-documents-"));
  const trustedDocumentsFile = join(folder, "documents.json");
  writeFileSync(trustedDocumentsFile, "{}");
  const gateway = await startGateway({
    config: { ...config, trustedDocumentsFile },
    supergraphSdl: composeCity({ registry: nobody, tax: nobody }),
    introspectionByDefault: "closed",
  });
  expect((await send(`${gateway.url}/livez`)).status).toBe(200);
  await gateway.close();
  rmSync(folder, { recursive: true });
});
