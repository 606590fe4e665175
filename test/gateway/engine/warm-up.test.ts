import { buildSchema, parse, validate } from "graphql";
import { sampleQuery } from "../../../gateway/engine/warm-up";

test("the sample is a valid query of the schema that it was made from, whatever is in it", () => {
  const schema = buildSchema(`
    type Query { count: Int! city(name: String!, day: String = "today"): City! }
    type City { name: String! mayor: Person streets(first: Int!): [Street!]! thing: Thing }
    type Person { name: String! city: City boss: Person }
    type Street { name: String! }
    union Thing = Person | Street
  `);
  const query = sampleQuery(schema)!;
  expect(validate(schema, parse(query))).toEqual([]);
  expect(query).toContain("mayor { __typename name");
});

test("a schema without objects at its root has no sample", () => {
  expect(sampleQuery(buildSchema("type Query { count: Int! }"))).toBeUndefined();
});
