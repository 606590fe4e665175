/** A gateway that cannot tell callers apart, and a supergraph that protects. */
import { readGatewayConfig } from "../../gateway/config";
import { startGateway } from "../../gateway/start-gateway";
import { composeSupergraph } from "./engine/federate";
import { post } from "./http/test-server";

const supergraphSdl = composeSupergraph({
  tax: {
    typeDefs: `type Query { secret: Int @authenticated scoped: Int @requiresScopes(scopes: [["tax:read"]]) }`,
  },
});

const start = (environment: Readonly<Record<string, string>>) =>
  startGateway({
    config: {
      ...readGatewayConfig({ HUB_PORT: "0", HUB_LOG_LEVEL: "silent", ...environment }),
      subgraphUrls: {},
    },
    supergraphSdl,
    introspectionByDefault: "open",
  });

test("without enforcement it does not start", async () => {
  await expect(start({})).rejects.toThrow(
    "protects Query.secret, Query.scoped; without enforcement it is refused. HUB_ENFORCEMENT=deny",
  );
});

test("with HUB_ENFORCEMENT=deny it starts, and denies what is protected to everybody", async () => {
  const gateway = await start({ HUB_ENFORCEMENT: "deny" });
  try {
    const { body } = await post(gateway.url, { query: "{ secret alias: scoped }" });
    expect(body.data).toEqual({ secret: null, alias: null });
    expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["FORBIDDEN", "FORBIDDEN"]);
  } finally {
    await gateway.close();
  }
});
