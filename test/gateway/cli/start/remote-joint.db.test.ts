import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { remoteJointParts } from "../../../../gateway/cli/start/remote-joint";
import { defineJoint } from "../../../../subgraphs/joint";
import { readPublishedCopy } from "../../../../subgraphs/joint/ledger/keyring";
import { verifyReceipt } from "../../../../subgraphs/joint/ledger/verify-receipt";
import { parsePublishedKeys } from "../../../../subgraphs/joint/ledger/published-keys";
import { startSubgraph } from "../../../../subgraphs/shared/run-subgraph";
import { createTestDatabase } from "../../../postgres";
import { creditCode } from "../../../subgraphs/joint/example-decision";

const DECIDE = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Enterprise { decision(purpose: LOAN) { receipt } } } }`;

test("a joint of its own shows its keys and pages through any gateway", async () => {
  const database = await createTestDatabase();
  const keysFolder = mkdtempSync(join(tmpdir(), "hub-remote-joint-"));
  const definition = defineJoint({ keysFolder });
  const serving = await startSubgraph({ definition, databaseUrl: database.url, port: 0 });
  try {
    const { publishedKeys, publicPages } = remoteJointParts(serving.url);
    const representation = { __typename: "Enterprise", creditCode, asOf: "2024-05-01", knownAt: null };
    const response = await fetch(serving.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: DECIDE, variables: { representations: [representation] } }),
    });
    const { data } = (await response.json()) as { data: { _entities: { decision: { receipt: string } }[] } };
    const published = parsePublishedKeys(JSON.stringify(await publishedKeys!()));
    expect(await verifyReceipt(data._entities[0]!.decision.receipt, published)).toMatchObject({
      valid: true,
    });
    expect(published).toMatchObject(await readPublishedCopy(keysFolder));
    expect(await publicPages!("/policies")).toMatchObject({
      body: expect.stringContaining("nb-smart-safety"),
    });
    expect(await publicPages!("/elsewhere")).toBeUndefined();
  } finally {
    await serving.close();
    await database.drop();
    rmSync(keysFolder, { recursive: true });
  }
});

test("keys that cannot be asked for are an error, not an empty list", async () => {
  await expect(remoteJointParts("http://127.0.0.1:1/graphql").publishedKeys!()).rejects.toThrow();
});
