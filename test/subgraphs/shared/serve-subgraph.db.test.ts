/** A subgraph over HTTP, as the gateway meets it. */
import { type ServingSubgraph } from "../../../subgraphs/shared/serve-subgraph";
import { startSubgraph } from "../../../subgraphs/shared/run-subgraph";
import { tax } from "../../../subgraphs/tax";
import { type TestDatabase, createTestDatabase } from "../../postgres";
import { beilun, representations } from "../samples";

let database: TestDatabase;
let serving: ServingSubgraph;
beforeAll(async () => {
  database = await createTestDatabase();
  serving = await startSubgraph({ definition: tax, databaseUrl: database.url, port: 0 });
});
afterAll(async () => {
  await serving.close();
  await database.drop();
});

const json = { "content-type": "application/json" };
const post = async (body: unknown, headers: Record<string, string> = json) => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(serving.url, { method: "POST", headers, body: text });
  return { status: response.status, text: await response.text() };
};
const entities = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { creditCode tax { arrears { id } } } } }`;

test("answers what the gateway asks", async () => {
  const { status, text } = await post({ query: entities, variables: representations([beilun]) });
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ data: { _entities: [{ creditCode: beilun, tax: { arrears: [] } }] } });
});

test("lends evidence to whoever sends JSON, and to nobody else", async () => {
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { creditCode taxEvidence { status creditCode facts { id } } } } }`;
  const body = { query, variables: representations([beilun]) };
  const { status, text } = await post(body);
  expect(status).toBe(200);
  const taxEvidence = { status: "NONE_ON_RECORD", creditCode: beilun, facts: [] };
  expect(JSON.parse(text)).toEqual({ data: { _entities: [{ creditCode: beilun, taxEvidence }] } });
  const refused = await post(body, { "content-type": "text/plain" });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.text).not.toContain("NONE_ON_RECORD");
});

test("gives its SDL, and no introspection", async () => {
  expect((await post({ query: "{ _service { sdl } }" })).text).toContain("type TaxRecord");
  const refused = await post({ query: "{ __schema { types { name } } }" });
  expect(JSON.parse(refused.text)).not.toHaveProperty("data");
});

test("listens on the loopback address only", () => {
  expect(new URL(serving.url).hostname).toBe("127.0.0.1");
});

test("says that it lives and that it is ready", async () => {
  const status = async (path: string) => (await fetch(new URL(path, serving.url))).status;
  expect(await status("/livez")).toBe(200);
  expect(await status("/readyz")).toBe(200);
  expect(await status("/elsewhere")).toBe(404);
});

test("says in the form of Prometheus how it fares", async () => {
  const answer = await fetch(new URL("/metrics", serving.url));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=/);
});

test.each([
  ["nothing", "", json],
  ["no JSON", "{", json],
  ["a list", [{ query: "{ __typename }" }], json],
  ["a text", { query: "{ __typename }" }, { "content-type": "text/plain" }],
  ["no query", {}, json],
  ["a field that is not there", { query: "{ _entitees }" }, json],
  ["variables of the wrong form", { query: "{ __typename }", variables: [1] }, json],
])("refuses %s, without a word about itself", async (_what, body, headers) => {
  const { status, text } = await post(body, headers);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(text).not.toMatch(/Did you mean|node_modules|stack|\.ts:|\.js:/);
});

test("a mutation over GET writes nothing", async () => {
  const query = `mutation { withdrawTaxFact(type: TaxArrears, id: "0197c0de-0000-7000-8000-000000000000", reason: "x") { id } }`;
  const response = await fetch(`${serving.url}?query=${encodeURIComponent(query)}`, {
    headers: { "apollo-require-preflight": "1" },
  });
  expect(response.status).toBe(405);
});

test("a body that is too large is refused before it is read to the end", async () => {
  const { status } = await post({ query: `{ __typename } #${"x".repeat(9 * 1024 * 1024)}` }).catch(() => ({
    status: 413,
  }));
  expect(status).toBe(413);
});

test("a wrong value of a variable is the caller's fault and is named", async () => {
  const query = `mutation($input: TaxArrearsInput!) { recordTaxArrears(input: $input) { id } }`;
  const { text } = await post({ query, variables: { input: { creditCode: "91330206FAKE000139" } } });
  const answer = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
  expect(answer.errors[0]!.extensions.code).toMatch(/BAD_USER_INPUT|INVALID_CREDIT_CODE/);
  expect(answer).not.toHaveProperty("data.recordTaxArrears");
});

test("a request that is under way when it stops is answered, and then nothing listens any more", async () => {
  const other = await startSubgraph({ definition: tax, databaseUrl: database.url, port: 0 });
  const slow = fetch(other.url, {
    method: "POST",
    headers: json,
    body: JSON.stringify({
      query: entities,
      variables: representations(Array.from({ length: 1000 }, () => beilun)),
    }),
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await other.close();
  expect((await slow).status).toBe(200);
  await expect(fetch(other.url, { method: "POST", headers: json, body: "{}" })).rejects.toThrow();
});

test("a port that is taken stops the start with its reason", async () => {
  const port = Number(new URL(serving.url).port);
  await expect(startSubgraph({ definition: tax, databaseUrl: database.url, port })).rejects.toThrow(
    "EADDRINUSE",
  );
});
