/** One subgraph fails, in each way that a subgraph can fail; the others' facts stay, and nothing is made up. */
import { TransportError } from "../../../../gateway/engine/contract";
import type { Fault } from "../federate";
import { answering, changing, creditFederation, enterprises } from "./credit-federation";

const faults: Readonly<Record<string, Fault>> = {
  "cannot be reached": async () => {
    throw new TransportError("unreachable", "connect ECONNREFUSED 10.1.2.3:5432");
  },
  "gives no data": answering({ data: null }),
  "gives nothing": answering({}),
  "gives a list for data": answering({ data: [] }),
  "gives null for the entities": answering({ data: { _entities: null } }),
  "gives null entities": changing((entities) => entities.map(() => null)),
  "gives texts for entities": changing((entities) => entities.map(() => "clean")),
  "gives an entity too few": changing((entities) => entities.slice(1)),
  "gives an entity too many": changing((entities) => [...entities, entities[0]]),
  "gives empty entities": changing((entities) => entities.map(() => ({}))),
  "gives entities of another type": changing((entities) =>
    entities.map((entity) => ({ ...entity, __typename: "Record" })),
  ),
  "gives an error without a path": answering({
    data: null,
    errors: [{ message: "SELECT failed at /srv/x" }],
  }),
  "gives errors that are none": answering({ data: { _entities: null }, errors: ["boom", null, 4] }),
};

describe.each([
  ["texts", false],
  ["values", true],
])("a department that is asked by %s", (_name, takesValues) => {
  describe.each(Object.entries(faults))("and %s", (_fault, fault) => {
    test("leaves the verdict undetermined, and is named", async () => {
      const federation = creditFederation(takesValues);
      federation.faults.set("tax", fault);
      const { data, errors } = await federation.ask(`{ enterprises { code name verdict tax { arrears } } }`);
      expect(data).toEqual({
        enterprises: enterprises.map((each) => ({ ...each, verdict: "UNDETERMINED", tax: null })),
      });
      expect(errors?.length).toBeGreaterThan(0);
      for (const { extensions } of errors ?? []) expect(extensions.service).toBe("tax");
      expect(JSON.stringify(errors)).not.toMatch(/SELECT|ECONN|10\.1|srv/);
    });

    test("is named even when only the verdict was asked for", async () => {
      const federation = creditFederation(takesValues);
      federation.faults.set("tax", fault);
      const { data, errors } = await federation.ask(`{ enterprise(code: "B") { verdict } }`);
      expect(data).toEqual({ enterprise: { verdict: "UNDETERMINED" } });
      expect(errors?.map(({ extensions }) => extensions.service)).toContain("tax");
      expect(errors?.every(({ path }) => path?.[0] === "enterprise" && path.length === 1)).toBe(true);
    });
  });
});

test("a well department gives its facts, and the verdict rests on them", async () => {
  const { data, errors } = await creditFederation().ask(`{ enterprises { code verdict tax { arrears } } }`);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    enterprises: [
      { code: "A", verdict: "FAVOURED", tax: { arrears: 0 } },
      { code: "B", verdict: "BARRED", tax: { arrears: 500 } },
      { code: "C", verdict: "FAVOURED", tax: { arrears: 0 } },
    ],
  });
});

test("a null that an error caused is not told as nothing on record", async () => {
  const federation = creditFederation();
  federation.faults.set("tax", async (respond) => {
    const { data } = await respond();
    const entities = data?.["_entities"] as { taxEvidence: { facts: unknown } }[];
    (entities[1]!.taxEvidence as { facts: unknown }).facts = null;
    return {
      data: { _entities: entities },
      errors: [{ message: "x", path: ["_entities", 1, "taxEvidence", "facts"] }],
    };
  });
  const { data } = await federation.ask(`{ enterprises { code verdict } }`);
  expect((data?.["enterprises"] as { verdict: string }[]).map(({ verdict }) => verdict)).toEqual([
    "FAVOURED",
    "UNDETERMINED",
    "FAVOURED",
  ]);
});

test.each([
  ["a wrong scalar", (facts: unknown[]) => [{ ...(facts[0] as object), amount: "abc" }]],
  ["a missing scalar", () => [{ id: "x" }]],
  ["a text for a fact", () => ["clean"]],
  ["a null fact", () => [null]],
])("%s inside the evidence makes all of it unknown, never a shorter list", async (_name, change) => {
  const federation = creditFederation();
  federation.faults.set(
    "tax",
    changing((entities) =>
      entities.map(({ taxEvidence }) => {
        const evidence = taxEvidence as { status: string; facts: unknown[] };
        return { taxEvidence: { ...evidence, facts: change(evidence.facts) } };
      }),
    ),
  );
  const { data } = await federation.ask(`{ enterprise(code: "A") { verdict } }`);
  expect(data).toEqual({ enterprise: { verdict: "UNDETERMINED" } });
});

test("a wrong scalar that the caller asked for is an error at its place, and nulls what may not be null", async () => {
  const federation = creditFederation();
  federation.faults.set(
    "tax",
    changing((entities) => entities.map(() => ({ code: "A", tax: { arrears: "abc", notices: [] } }))),
  );
  const { data, errors } = await federation.ask(`{ enterprise(code: "A") { name tax { arrears } } }`);
  expect(data).toEqual({ enterprise: { name: "Anchor", tax: null } });
  expect(errors).toMatchObject([{ path: ["enterprise", "tax", "arrears"] }]);
});

test("an entity that does not say whom it is about is no answer: it may be another's", async () => {
  const federation = creditFederation();
  federation.faults.set(
    "tax",
    changing((entities) => entities.toReversed().map((entity) => ({ ...entity, code: undefined }))),
  );
  const { data, errors } = await federation.ask("{ enterprises { code verdict tax { arrears } } }");
  expect(data).toEqual({
    enterprises: ["A", "B", "C"].map((code) => ({ code, verdict: "UNDETERMINED", tax: null })),
  });
  expect(errors).toHaveLength(3);
});

test("a non-null field of a silent subgraph nulls its parent, up to the next place that may be null", async () => {
  const federation = creditFederation();
  federation.faults.set("tax", answering({ data: null }));
  const { data, errors } = await federation.ask(`{ enterprise(code: "A") { name rating } }`);
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ["enterprise", "rating"], extensions: { service: "tax" } }]);
});

test("the first subgraph being silent nulls the answer, and asks nobody else", async () => {
  const federation = creditFederation();
  federation.faults.set("joint", answering({ data: null }));
  const { data, errors } = await federation.ask(`{ enterprises { code tax { arrears } } }`);
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ["enterprises"], extensions: { service: "joint" } }]);
  expect(federation.asked.map(({ subgraph }) => subgraph)).toEqual(["joint"]);
});
