/** An object whose type is known keeps it, whatever a subgraph that knows the interface only calls it afterwards. */
import { mergeInto } from "../../../../gateway/engine/merge";
import { readSelectionTree } from "../../../../gateway/engine/selection-tree";
import { readSupergraph } from "../../../../gateway/engine/supergraph";
import { composeSupergraph } from "../federate";

const { types } = readSupergraph(
  composeSupergraph({
    parties: {
      typeDefs: `type Query { party: Party }
        interface Party @key(fields: "id") { id: ID! }
        type Firm implements Party @key(fields: "id") { id: ID! staff: Int }`,
    },
    ratings: { typeDefs: `type Party @key(fields: "id") @interfaceObject { id: ID! rating: Int }` },
  }),
);
const rated = readSelectionTree(
  "query($representations:[_Any!]!){_entities(representations:$representations){...on Party{__typename rating}}}",
  types,
).get("_entities")!.children;

test.each([
  ["Firm", "Party", "Firm"],
  ["Party", "Firm", "Firm"],
])("known as %s, told to be %s, it is %s", (known, told, type) => {
  const party = { __typename: known, id: "1" };
  mergeInto(party, { __typename: told, rating: 3 }, rated);
  expect(party).toEqual({ __typename: type, id: "1", rating: 3 });
});
