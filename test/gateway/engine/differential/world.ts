/**
 * A shop in four subgraphs and in one schema, over the same facts. A fact is a function of its object, field and arguments:
 * some are null, some are errors, and both sides meet the same ones.
 */
import {
  buildSchema,
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  GraphQLError,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  isUnionType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import type { TestSubgraph } from "../federate";

/** An object of the shop: everything about it follows from its type and id. */
interface Thing {
  readonly __typename: string;
  readonly id: string;
  /** What a representation brought along. */
  readonly given?: Readonly<Record<string, unknown>>;
}

const SDL = {
  catalog: `
    type Query {
      product(id: ID!): Product  products(first: Int = 3, filter: Filter): [Product!]!  featured: Product!
      node(id: ID): Node  nodes: [Node]  search(text: String, kinds: [Kind!] = [BOOK]): [Found!]!  matrix: [[Product!]]!
    }
    type Mutation { rename(id: ID!, name: String = "x"): Product  retire(id: ID!): Boolean! }
    interface Node { id: ID! }
    type Product implements Node @key(fields: "id") @key(fields: "sku") {
      id: ID!  sku: String!  name: String  price(currency: Currency! = EUR): Float  weight: Int  kind: Kind!
      tags: [String!]  category: Category!  related(first: Int): [Product]  dims: Dims  labels: [[String]!]
    }
    type Category implements Node @key(fields: "id") { id: ID!  title: String!  parent: Category  best: Found }
    type Dims @shareable { w: Int!  h: Int }
    union Found = Product | Category
    enum Kind { BOOK TOY FOOD }
    enum Currency { EUR CNY }
    input Filter { min: Int = 1  tags: [String!]  inner: Filter  kind: Kind }`,
  stock: `
    type Product @key(fields: "id") {
      id: ID!  weight: Int @external  dims: Dims @external
      inStock: Boolean!  warehouse: Warehouse  shipping: Float @requires(fields: "weight dims { w h }")
    }
    type Dims @shareable { w: Int!  h: Int }
    type Warehouse @key(fields: "id") { id: ID!  city: String!  capacity: Int  neighbours: [Warehouse!] }
    type Query { warehouses: [Warehouse!] }`,
  reviews: `
    type Product @key(fields: "id") { id: ID!  reviews(first: Int, worst: Boolean): [Review!]  rating: Float! }
    type Review implements Node @key(fields: "id") { id: ID!  body: String  author: User  product: Product!  score: Int! }
    type User @key(fields: "id") { id: ID!  reviews: [Review] }
    interface Node { id: ID! }
    type Mutation { review(product: ID!, score: Int): Review! }
    type Query { topReview: Review  latest: [Review!]! }`,
  users: `
    type User implements Node @key(fields: "id") {
      id: ID!  name: String  email: String!  favourite: Product  manager: User  settings: JSON  visited: [Place]
    }
    scalar JSON
    interface Node { id: ID! }
    union Place = Product | Warehouse
    type Product @key(fields: "id", resolvable: false) { id: ID! }
    type Warehouse @key(fields: "id", resolvable: false) { id: ID! }
    type Query { me: User  users(ids: [ID!]!): [User]! }`,
} as const;

/** The subgraphs, ready to be composed. */
export const shop: Readonly<Record<string, TestSubgraph>> = Object.fromEntries(
  Object.entries(SDL).map(([name, typeDefs]) => [name, { typeDefs, resolvers: resolversOf(typeDefs) }]),
);

/** The same shop as one executable schema. */
export function oneSchema(apiSdl: string): GraphQLSchema {
  const schema = buildSchema(apiSdl);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith("__"))
      for (const field of Object.values(type.getFields())) field.resolve = resolve;
  return schema;
}

function resolversOf(sdl: string): TestSubgraph["resolvers"] {
  const schema = buildSchema(sdl.replaceAll(/@\w+(\([^)]*\))?/g, ""));
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    resolvers[type.name] = Object.fromEntries(Object.keys(type.getFields()).map((field) => [field, resolve]));
    if (sdl.includes(`${type.name} @key`) || sdl.includes(`${type.name} implements Node @key`))
      resolvers[type.name]!["__resolveReference"] = toThing;
  }
  return resolvers as TestSubgraph["resolvers"];
}

function toThing(reference: Record<string, unknown>): Thing {
  const id = typeof reference["id"] === "string" ? reference["id"] : String(reference["sku"]).slice(1);
  return { __typename: String(reference["__typename"]), id, given: reference };
}

function resolve(
  ...[source, args, context, info]: Parameters<GraphQLFieldResolver<unknown, unknown>>
): unknown {
  if (info.parentType.name.startsWith("_") || info.fieldName.startsWith("_"))
    return defaultFieldResolver(source, args as never, context, info);
  const thing = (source as Thing | undefined) ?? { __typename: info.parentType.name, id: "root" };
  if (info.fieldName === "id") return thing.id;
  if (info.fieldName === "sku") return `s${thing.id}`;
  if (info.fieldName === "shipping") return shippingOf(thing);
  return factOf({ thing, field: info.fieldName, args, info });
}

/** What depends on required fields: from the representation in the subgraph, from the facts themselves in the one schema. */
function shippingOf(thing: Thing): number {
  const weight = thing.given ? thing.given["weight"] : quietly(() => hashedInt(thing, "weight"));
  const dims = thing.given ? readDims(thing.given["dims"]) : quietly(() => dimsOf(thing));
  return Number(weight ?? -1000) * 10 + Number(dims ?? -7);
}

function readDims(dims: unknown): number | null {
  if (dims === null || dims === undefined) return null;
  const { w, h } = dims as { w: number; h: number | null };
  return w * 3 + (h ?? 0.5);
}

function dimsOf(thing: Thing): number | null {
  if (isNull(thing, "dims", {})) return null;
  const dims = { __typename: "Dims", id: `Product${thing.id}dims` };
  return readDims({ w: hashedInt(dims, "w", true), h: quietly(() => hashedInt(dims, "h")) });
}

function hashedInt(thing: Thing, field: string, isNonNull = false): number | null {
  if (!isNonNull && isNull(thing, field, {})) return null;
  if (isNonNull) failSometimes(thing, field, {});
  return hash(thing.__typename, thing.id, field, "{}", "Int") % 1000;
}

function quietly<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

interface FactRequest {
  readonly thing: Thing;
  readonly field: string;
  readonly args: unknown;
  readonly info: GraphQLResolveInfo;
}

function factOf({ thing, field, args, info }: FactRequest): unknown {
  const type = info.returnType;
  if (!isNonNullType(type) && isNull(thing, field, args)) return null;
  if (isNonNullType(type)) failSometimes(thing, field, args);
  return valueOf(type, [thing.__typename, thing.id, field, JSON.stringify(args)], info);
}

/** Throws where the fact is an error. */
function isNull(thing: Thing, field: string, args: unknown): boolean {
  failSometimes(thing, field, args);
  return hash("null?", thing.__typename, thing.id, field, JSON.stringify(args)) % 100 < 8;
}

function failSometimes(thing: Thing, field: string, args: unknown): void {
  if (hash("error?", thing.__typename, thing.id, field, JSON.stringify(args)) % 100 < 3)
    throw new GraphQLError(`No ${field} of ${thing.id}`, { extensions: { code: "CONFLICT" } });
}

function valueOf(type: GraphQLOutputType, seed: readonly string[], info: GraphQLResolveInfo): unknown {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const length = hash(...seed, "length") % 4;
    return Array.from({ length }, (_, index) => itemOf(bare.ofType, [...seed, String(index)], info));
  }
  const named = getNamedType(bare);
  const number = hash(...seed, named.name);
  if (isObjectType(named)) return thingOf(named.name, seed);
  if (isInterfaceType(named) || isUnionType(named)) {
    const members = memberNames(named.name);
    return thingOf(members[number % members.length]!, seed);
  }
  if (isEnumType(named)) return named.getValues()[number % named.getValues().length]!.name;
  return scalarOf(named.name, number, seed);
}

/** In the order of names, so that subgraphs that know fewer of them choose as the whole does. */
function memberNames(typeName: string): readonly string[] {
  if (typeName === "Place") return ["Product", "Warehouse"];
  if (typeName === "Found") return ["Category", "Product"];
  return ["Category", "Product"];
}

function itemOf(type: GraphQLOutputType, seed: readonly string[], info: GraphQLResolveInfo): unknown {
  const isAbsent = hash("null item?", ...seed) % 100 < 6;
  if (isAbsent && (!isNonNullType(type) || hash("bad item?", ...seed) % 4 === 0)) return null;
  return valueOf(type, seed, info);
}

function thingOf(typeName: string, seed: readonly string[]): Thing {
  if (typeName === "Dims") return { __typename: typeName, id: seed.slice(0, 3).join("") };
  return { __typename: typeName, id: String(hash(...seed, "id") % 9) };
}

function scalarOf(typeName: string, number: number, seed: readonly string[]): unknown {
  switch (typeName) {
    case "Int":
      return number % 1000;
    case "Float":
      return (number % 1000) / 8;
    case "Boolean":
      return number % 2 === 0;
    case "JSON":
      return { list: [number % 5, 'x\n"', null], inner: { __typename: "Odd", deep: true } };
    default:
      return `${seed.slice(0, 3).join(" ")} ${'é"\\\u2028😀'[number % 5]}`;
  }
}

function hash(...parts: readonly string[]): number {
  let value = 2166136261;
  for (const character of parts.join("|")) value = Math.imul(value ^ character.codePointAt(0)!, 16777619);
  value ^= value >>> 15;
  return Math.imul(value, 2246822519) >>> 0;
}
