/**
 * Two chains of two: construction needs what tax says, transport needs what safety says. A query plan has to put both
 * first halves before both second halves, because it is a tree of sequences; the data ask for no such barrier.
 */
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, type GraphQLSchema } from "graphql";
import { FEDERATION_LINK, type SubgraphName } from "./city";

const KEY = `type Enterprise @key(fields: "creditCode") { creditCode: ID!`;

/** The SDL of the chains' subgraphs. */
export const CHAIN_SDL: Readonly<Record<SubgraphName, string>> = {
  joint: `${FEDERATION_LINK} type Query { enterprise(creditCode: ID!): Enterprise! } ${KEY} }`,
  tax: `${FEDERATION_LINK} ${KEY} taxGrade: String! }`,
  construction: `${FEDERATION_LINK} ${KEY} taxGrade: String! @external bidClass: String! @requires(fields: "taxGrade") }`,
  safety: `${FEDERATION_LINK} ${KEY} hazardLevel: Int! }`,
  transport: `${FEDERATION_LINK} ${KEY} hazardLevel: Int! @external routeClass: String! @requires(fields: "hazardLevel") }`,
  finance: `${FEDERATION_LINK} ${KEY} creditLimit: String! }`,
};

interface ChainEnterprise {
  readonly creditCode: string;
  readonly taxGrade?: string;
  readonly hazardLevel?: number;
}

const FIELDS = {
  taxGrade: ({ creditCode }: ChainEnterprise) => `G${creditCode.slice(-1)}`,
  bidClass: ({ taxGrade }: ChainEnterprise) => `bids as ${taxGrade}`,
  hazardLevel: ({ creditCode }: ChainEnterprise) => creditCode.charCodeAt(17),
  routeClass: ({ hazardLevel }: ChainEnterprise) => `routes as ${hazardLevel}`,
  creditLimit: ({ creditCode }: ChainEnterprise) => `${creditCode.slice(-4)}.00`,
};

/** The field that each subgraph adds; the one that it only requires is not its to resolve. */
const OWN_FIELD: Readonly<Partial<Record<SubgraphName, keyof typeof FIELDS>>> = {
  tax: "taxGrade",
  construction: "bidClass",
  safety: "hazardLevel",
  transport: "routeClass",
  finance: "creditLimit",
};

/** The executable schema of one subgraph of the chains. */
export function buildChainSchema(name: SubgraphName): GraphQLSchema {
  const own = OWN_FIELD[name];
  const Enterprise = {
    __resolveReference: (key: ChainEnterprise) => ({ ...key }),
    ...(own ? { [own]: FIELDS[own] } : {}),
  };
  const Query = { enterprise: (_: unknown, key: ChainEnterprise) => ({ ...key }) };
  const resolvers = name === "joint" ? { Query, Enterprise } : { Enterprise };
  return buildSubgraphSchema([{ typeDefs: parse(CHAIN_SDL[name]), resolvers: resolvers as never }]);
}
