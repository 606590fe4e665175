import type { Transport } from "../../gateway/engine/contract";
import { watchReadiness } from "../../gateway/readiness";

function transport(isUp: () => boolean): Transport & { asked: number } {
  return {
    asked: 0,
    async send() {
      this.asked++;
      if (!isUp()) throw new Error("down");
      return { data: { __typename: "Query" } };
    },
    close: () => Promise.resolve(),
  };
}

test("the hub is ready while one department answers, and not when all are down", async () => {
  let taxIsUp = true;
  const transports = new Map([
    ["joint", transport(() => true)],
    ["tax", transport(() => taxIsUp)],
    ["safety", transport(() => false)],
  ]);
  const anyOf = ["tax", "safety"];
  expect(await watchReadiness(() => transports, { anyOf })()).toEqual({
    ready: true,
    departments: { joint: "up", tax: "up", safety: "down" },
  });
  taxIsUp = false;
  expect(await watchReadiness(() => transports, { anyOf })()).toMatchObject({ ready: false });
});

test("a supergraph without departments is ready as soon as it is loaded", async () => {
  const transports = new Map([["products", transport(() => false)]]);
  expect(await watchReadiness(() => transports, { anyOf: ["tax"] })()).toMatchObject({ ready: true });
});

test("however often readiness is asked for, a department is asked once a second", async () => {
  const tax = transport(() => true);
  const read = watchReadiness(() => new Map([["tax", tax]]), { anyOf: ["tax"] });
  await Promise.all([read(), read(), read()]);
  await read();
  expect(tax.asked).toBe(1);
});
