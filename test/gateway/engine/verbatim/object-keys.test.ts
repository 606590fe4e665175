/** A key that is an object is read by the engine itself, so it never goes on unread. */
import { federate } from "../federate";

const org = (id: string) => ({ id: `org-${id}` });

test("entities that are known by an object are asked about, each once", async () => {
  const { ask, asked } = federate({
    register: {
      typeDefs: `type Query { firms: [Firm!]! } type Firm @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { firms: () => ["1", "2", "1"].map((id) => ({ id })) } },
    },
    groups: {
      typeDefs: `type Firm @key(fields: "id") @key(fields: "org { id }") { id: ID! org: Org! }
        type Org @shareable { id: ID! }`,
      resolvers: { Firm: { org: ({ id }: { id: string }) => org(id) } },
    },
    tax: {
      typeDefs: `type Firm @key(fields: "org { id }") { org: Org! arrears: Int } type Org @shareable { id: ID! }`,
      resolvers: { Firm: { arrears: (firm: { org: { id: string } }) => Number(firm.org.id.slice(4)) * 10 } },
    },
  });
  const { data, errors } = await ask("{ firms { arrears } }");
  expect(errors).toBeUndefined();
  expect(data).toEqual({ firms: [{ arrears: 10 }, { arrears: 20 }, { arrears: 10 }] });
  expect(asked.at(-1)!.variables).toEqual({
    representations: ["1", "2"].map((id) => ({ __typename: "Firm", org: org(id) })),
  });
});
