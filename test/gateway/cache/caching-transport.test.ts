import { createEntityCache } from "../../../gateway/cache/entity-cache";
import { contextOf, mutate, pause, QUERY, TRUST_MS, withHub } from "./changing-department";

test("an unchanged fact is asked for once", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a", "b"]);
    await read(["b", "a", "c"]);
    expect(department.state.asked).toBe(3);
  });
});

test("what one caller was shown is not shown to another from the cache", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a"], "bank");
    await read(["a"], "public");
    expect(department.state.asked).toBe(2);
  });
});

test("a swapped answer is not kept", async () => {
  await withHub(async ({ department, read, entities }) => {
    department.state.swap = true;
    await read(["a", "b"]);
    expect(entities.counts().entries).toBe(0);
  });
});

test("an answer with errors is passed on as it came and not kept", async () => {
  await withHub(async ({ department, transport, entities, read }) => {
    await read(["a"]);
    department.state.failing = true;
    const variables = {
      representations: [
        { __typename: "Firm", code: "a", day: "today" },
        { __typename: "Firm", code: "b" },
      ],
    };
    const request = { query: QUERY, variables, variablesJson: "", isMutation: false };
    const response = await transport.send(request, contextOf("bank"));
    expect(response.errors).toHaveLength(1);
    expect(entities.counts().entries).toBe(1);
  });
});

test("what a mutation through the gateway acknowledged is seen by the next read", async () => {
  await withHub(async ({ transport, read }) => {
    for (let round = 1; round <= 20; round++) {
      await mutate(transport, "a");
      expect(await read(["a"])).toEqual([round]);
    }
  });
});

test("an answer that was on its way when its firm changed is not kept", async () => {
  await withHub(async ({ department, transport, read }) => {
    department.state.delayMs = 50;
    const early = read(["a"]);
    await mutate(transport, "a");
    expect(await early).toEqual([0]);
    expect(await read(["a"])).toEqual([1]);
  });
});

test.each(["down", "late"] as const)(
  "with the feed %s, cached answers of the department are not used",
  async (fault) => {
    await withHub(async ({ department, read }) => {
      await read(["a"]);
      department.state.fault = fault;
      await pause(TRUST_MS * 2);
      department.write("a");
      expect(await read(["a"])).toEqual([1]);
    });
  },
);

test("an answer about a settled past is used even while the feed is down", async () => {
  await withHub(async ({ department, read }) => {
    await read(["a"], "bank", "past");
    department.state.fault = "down";
    await pause(TRUST_MS * 2);
    await read(["a"], "bank", "past");
    expect(department.state.asked).toBe(1);
  });
});

test("a feed of another history empties the cache", async () => {
  await withHub(async ({ department, read, entities }) => {
    await read(["a"]);
    department.state.epoch = "two";
    await pause(TRUST_MS);
    expect(entities.counts().entries).toBe(0);
  });
});

test("the cache stays within its size", () => {
  const cache = createEntityCache(1000);
  for (let index = 0; index < 500; index++)
    cache.put(`id${index}`, { key: `key${index % 7}`, json: "x".repeat(50) }, cache.beginRead());
  expect(cache.counts().characters).toBeLessThanOrEqual(1000);
  expect(cache.counts().entries).toBeGreaterThan(10);
});
