import { readGatewayConfig } from "../../gateway/config";

test("an empty environment gives the standard topology on loopback", () => {
  const config = readGatewayConfig({});
  expect(config.port).toBe(4000);
  expect(config.subgraphUrls).toEqual({
    safety: "http://127.0.0.1:4001/graphql",
    transport: "http://127.0.0.1:4002/graphql",
    construction: "http://127.0.0.1:4003/graphql",
    tax: "http://127.0.0.1:4004/graphql",
    finance: "http://127.0.0.1:4005/graphql",
  });
  expect(config.document.depthMax).toBe(14);
});

test("a department's URL comes before its port, and joint is remote only when it has a URL", () => {
  const { subgraphUrls } = readGatewayConfig({
    TAX_URL: "https://tax.example/graphql",
    TAX_PORT: "5004",
    FINANCE_PORT: "5005",
    JOINT_URL: "http://127.0.0.1:4006/graphql",
    SAFETY_URL: "",
  });
  expect(subgraphUrls).toMatchObject({
    safety: "http://127.0.0.1:4001/graphql",
    tax: "https://tax.example/graphql",
    finance: "http://127.0.0.1:5005/graphql",
    joint: "http://127.0.0.1:4006/graphql",
  });
});

test("every limit is a variable", () => {
  const config = readGatewayConfig({ HUB_LIMIT_DEPTH_MAX: "20", HUB_LIMIT_BODY_BYTES_MAX: "1000" });
  expect([config.document.depthMax, config.server.bodyBytesMax]).toEqual([20, 1000]);
});

test("malformed variables stop the start, all of them by name", () => {
  const environment = {
    HUB_PORT: "many",
    TAX_URL: "tax:4004",
    HUB_LIMIT_COST_MAX: "-1",
    HUB_LOG_LEVEL: "loud",
  };
  expect(() => readGatewayConfig(environment)).toThrow(
    /HUB_PORT: .*HUB_LOG_LEVEL: .*TAX_URL: must be an http\(s\) URL.*HUB_LIMIT_COST_MAX: /,
  );
});
