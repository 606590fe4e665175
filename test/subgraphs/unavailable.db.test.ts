/** What a department says when its database cannot be asked. */
import { factTypesOf } from "../../schema/fact-catalogue";
import { type OpenSubgraph, openSubgraph } from "../../subgraphs/shared/open-subgraph";
import { mutationNameOf } from "../../subgraphs/shared/record-mutations";
import { readAttributes } from "../../subgraphs/shared/request-context";
import { type TestDatabase, createTestDatabase } from "../postgres";
import { departments } from "./departments";
import { beilun, representations, sampleFact } from "./samples";
import { type FaultProxy, createFaultProxy } from "./fault-proxy";

const attributes = readAttributes(() => undefined);

describe.each(departments.map((definition) => [definition.name, definition] as const))(
  "%s",
  (name, definition) => {
    const [type] = factTypesOf(definition.department);
    const read = `query($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Enterprise { creditCode ${name} { ${type!.recordField} { id } } ${name}Evidence { status } } } }`;
    let database: TestDatabase;
    let proxy: FaultProxy;
    let subgraph: OpenSubgraph;
    beforeAll(async () => {
      database = await createTestDatabase();
      proxy = await createFaultProxy(database.url);
      subgraph = await openSubgraph(definition, proxy.url);
    });
    afterAll(async () => {
      await subgraph.close();
      await proxy.close();
      await database.drop();
    });

    const ask = () => subgraph.ask({ query: read, variables: representations([beilun]) }, attributes);
    const unavailable = {
      data: { _entities: [{ creditCode: beilun, [name]: null, [`${name}Evidence`]: null }] },
      errors: [name, `${name}Evidence`].map((branch) => ({
        message: `The ${name} department could not be asked.`,
        path: ["_entities", 0, branch],
        extensions: { code: "DEPARTMENT_UNAVAILABLE", department: definition.department },
      })),
    };
    const sorted = <Answer extends { errors?: readonly { path?: unknown }[] }>(answer: Answer) => ({
      ...answer,
      errors: answer.errors?.toSorted((a, b) => String(a.path).localeCompare(String(b.path))),
    });

    test("a dead database gives null branches that name the department, and is asked again when it is back", async () => {
      expect((await ask()).errors).toBeUndefined();
      proxy.set("cut");
      expect(sorted(await ask())).toMatchObject(unavailable);
      expect(await subgraph.isReady()).toBe(false);
      proxy.set("carry");
      expect((await ask()).errors).toBeUndefined();
      expect(await subgraph.isReady()).toBe(true);
    });

    test("a database that hangs is given up within two seconds, and is asked again when it is back", async () => {
      proxy.set("hang");
      const started = performance.now();
      expect(sorted(await ask())).toMatchObject(unavailable);
      expect(performance.now() - started).toBeLessThan(2500);
      proxy.set("carry");
      expect((await ask()).errors).toBeUndefined();
    });

    test("a write that cannot be made durable is refused as such", async () => {
      proxy.set("cut");
      const query = `mutation($input: ${type!.name}Input!) { ${mutationNameOf(definition.department, type!)}(input: $input) { id } }`;
      const answer = await subgraph.ask(
        { query, variables: { input: sampleFact(type!, beilun) } },
        attributes,
      );
      proxy.set("carry");
      expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
    });
  },
);

test("a caller waits half a second for a connection, not longer, and none is left waiting", async () => {
  const database = await createTestDatabase();
  const subgraph = await openSubgraph(departments[0]!, database.url);
  const held = await Promise.all(Array.from({ length: 10 }, () => subgraph.pool.connect()));
  const started = performance.now();
  const query = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Enterprise { safetyEvidence { status } } } }`;
  const answer = await subgraph.ask({ query, variables: representations([beilun]) }, attributes);
  const waited = performance.now() - started;
  expect(answer.errors).toMatchObject([{ extensions: { code: "DEPARTMENT_UNAVAILABLE" } }]);
  expect(waited).toBeLessThan(1000);
  expect(subgraph.pool.waitingCount).toBe(0);
  held.forEach((client) => client.release());
  expect(
    (await subgraph.ask({ query, variables: representations([beilun]) }, attributes)).errors,
  ).toBeUndefined();
  await subgraph.close();
  await database.drop();
});

test("a write that waits for a lock is refused after a second, and nothing of it is left", async () => {
  const database = await createTestDatabase();
  const [definition] = departments;
  const [type] = factTypesOf(definition!.department);
  const subgraph = await openSubgraph(definition!, database.url);
  const holder = await subgraph.pool.connect();
  await holder.query("BEGIN; UPDATE recording_clock SET recorded_at = recorded_at");
  const query = `mutation($input: ${type!.name}Input!) { ${mutationNameOf(definition!.department, type!)}(input: $input) { id } }`;
  const record = () => subgraph.ask({ query, variables: { input: sampleFact(type!, beilun) } }, attributes);
  const started = performance.now();
  expect(await record()).toMatchObject({ errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
  expect(performance.now() - started).toBeLessThan(2000);
  await holder.query("ROLLBACK");
  holder.release();
  expect((await record()).errors).toBeUndefined();
  await subgraph.close();
  await database.drop();
});
