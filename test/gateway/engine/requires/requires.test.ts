/** Fields that need values of other subgraphs: with arguments, through shared value types, and when those are silent. */
import { federate, type Fault } from "../federate";

const federation = federate({
  catalog: {
    typeDefs: `
      type Query { item(id: ID!): Item items: [Item!]! }
      type Item @key(fields: "id") { id: ID! price(currency: String!): Float size: Size weight: Int! }
      type Size @shareable { width: Float! height: Float }`,
    resolvers: {
      Query: {
        item: (_: unknown, { id }: { id: string }) => ({ id }),
        items: () => [{ id: "1" }, { id: "2" }],
      },
      Item: {
        __resolveReference: (reference: object) => reference,
        price: ({ id }: { id: string }, { currency }: { currency: string }) =>
          Number(id) * (currency === "CNY" ? 10 : 1),
        size: ({ id }: { id: string }) => ({ width: Number(id), height: null }),
        weight: () => 3,
      },
    },
  },
  shipping: {
    typeDefs: `
      type Item @key(fields: "id") {
        id: ID! price(currency: String!): Float @external  size: Size @external  weight: Int! @external
        costs: String! @requires(fields: "price(currency: \\"CNY\\")")
        parcel: Size @requires(fields: "size { width height }")
        class: String @requires(fields: "weight")
      }
      type Size @shareable { width: Float! height: Float }`,
    resolvers: {
      Item: {
        __resolveReference: (reference: object) => reference,
        costs: ({ price }: { price: number | null }) => (price === null ? "unknown" : `${price} CNY`),
        parcel: ({ size }: { size: { width: number } | null }) =>
          size && { width: size.width + 1, height: 1 },
        class: ({ weight }: { weight: number }) => (weight > 2 ? "heavy" : "light"),
      },
    },
  },
  customs: {
    typeDefs: `
      type Item @key(fields: "id") {
        id: ID! size: Size @external  crate: Size @requires(fields: "size { width }")
      }
      type Size @shareable { width: Float! height: Float }`,
    resolvers: {
      Item: {
        __resolveReference: (reference: object) => reference,
        crate: ({ size }: { size: { width: number } | null }) =>
          size && { width: size.width + 5, height: null },
      },
    },
  },
});

const silent: Fault = async () => ({ data: null });
afterEach(() => federation.faults.clear());

test("a required field's argument and the caller's own do not get in each other's way", async () => {
  const { data } = await federation.ask(
    '{ items { costs price(currency: "EUR") yuan: price(currency: "CNY") size: weight } }',
  );
  expect(data).toEqual({
    items: [
      { costs: "10 CNY", price: 1, yuan: 10, size: 3 },
      { costs: "20 CNY", price: 2, yuan: 20, size: 3 },
    ],
  });
});

test("shared value types that several subgraphs give for required fields do not run into each other", async () => {
  const { data, errors } = await federation.ask(
    "{ items { size { height } parcel { width height } crate { width height } } }",
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    items: [
      { size: { height: null }, parcel: { width: 2, height: 1 }, crate: { width: 6, height: null } },
      { size: { height: null }, parcel: { width: 3, height: 1 }, crate: { width: 7, height: null } },
    ],
  });
});

test("a required value that may be null is sent as null when its field failed, and the subgraph says unknown", async () => {
  federation.faults.set("catalog", async (respond, { query }) => {
    const { data } = await respond();
    const item = data?.["item"] as Record<string, unknown>;
    return query.includes("price")
      ? { data: { item: { ...item, price: null } }, errors: [{ message: "x", path: ["item", "price"] }] }
      : { data };
  });
  federation.asked.length = 0;
  const { data, errors } = await federation.ask('{ item(id: "1") { costs } }');
  expect(federation.asked[1]?.variables).toEqual({
    representations: [{ __typename: "Item", id: "1", price: null }],
  });
  expect(data).toEqual({ item: { costs: "unknown" } });
  expect(errors).toMatchObject([{ path: ["item"], extensions: { service: "catalog" } }]);
});

test("a required value that may not be null is never made up: the entity is not asked", async () => {
  federation.faults.set("catalog", async (respond) => {
    const { data } = await respond();
    return { data: { item: { ...(data?.["item"] as object), weight: undefined } } };
  });
  federation.asked.length = 0;
  const { data, errors } = await federation.ask('{ item(id: "1") { class } }');
  expect(data).toEqual({ item: { class: null } });
  expect(errors).toMatchObject([{ path: ["item", "class"], extensions: { service: "shipping" } }]);
  expect(federation.asked.map(({ subgraph }) => subgraph)).toEqual(["catalog"]);
});

test("a key that is null because of an error is not taken for a null key", async () => {
  const dated = federate({
    root: {
      typeDefs: `
        type Query { enterprise: Enterprise }
        type Enterprise @key(fields: "code knownAt") { code: ID! knownAt: String }`,
      resolvers: { Query: { enterprise: () => ({ code: "A", knownAt: null }) } },
    },
    tax: {
      typeDefs: `type Enterprise @key(fields: "code knownAt") { code: ID! knownAt: String arrears: Int }`,
      resolvers: {
        Enterprise: { __resolveReference: (reference: object) => ({ ...reference, arrears: 0 }) },
      },
    },
  });
  expect((await dated.ask("{ enterprise { arrears } }")).data).toEqual({ enterprise: { arrears: 0 } });
  dated.faults.set("root", async (respond) => ({
    ...(await respond()),
    errors: [{ message: "x", path: ["enterprise", "knownAt"] }],
  }));
  const { data, errors } = await dated.ask("{ enterprise { arrears } }");
  expect(data).toEqual({ enterprise: { arrears: null } });
  expect(errors?.map(({ extensions }) => extensions.service)).toEqual(["root", "tax"]);
});

test("a silent provider of a shared type leaves the others' values alone", async () => {
  federation.faults.set("customs", silent);
  const { data, errors } = await federation.ask('{ item(id: "2") { parcel { width } crate { width } } }');
  expect(data).toEqual({ item: { parcel: { width: 3 }, crate: null } });
  expect(errors).toMatchObject([{ path: ["item", "crate"], extensions: { service: "customs" } }]);
});
