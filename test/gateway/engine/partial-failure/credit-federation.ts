/** Two subgraphs: one judges, the tax bureau tells and lends; and how the tax bureau can be made to fail. */
import type { SubgraphResponse } from "../../../../gateway/engine/contract";
import { federate, type Fault } from "../federate";

/** Those that the first subgraph knows. */
export const enterprises = [
  { code: "A", name: "Anchor" },
  { code: "B", name: "Beacon" },
  { code: "C", name: "Cargo" },
];

/** A credit check over what the tax bureau lends, with the errors of a hub. */
export function creditFederation(takesValues = false) {
  return federate(
    {
      joint: {
        typeDefs: `
          type Query { enterprise(code: ID!): Enterprise! enterprises: [Enterprise!]! }
          type Enterprise @key(fields: "code") {
            code: ID! name: String
            taxEvidence: Evidence @external
            verdict: String! @requires(fields: "taxEvidence { status facts { id amount } }")
          }
          type Evidence @shareable @inaccessible { status: String! facts: [Fact!]! }
          type Fact @shareable @inaccessible { id: ID! amount: Float! }
        `,
        resolvers: {
          Query: {
            enterprise: (_: unknown, { code }: { code: string }) =>
              enterprises.find((each) => each.code === code),
            enterprises: () => enterprises,
          },
          Enterprise: {
            __resolveReference: (reference: { code: string }) => ({
              ...enterprises.find(({ code }) => code === reference.code),
              ...reference,
            }),
            verdict: ({ taxEvidence }: { taxEvidence?: { facts: { amount: number }[] } | null }) => {
              if (!taxEvidence) return "UNDETERMINED";
              return taxEvidence.facts.some(({ amount }) => amount > 100) ? "BARRED" : "FAVOURED";
            },
          },
        },
      },
      tax: {
        typeDefs: `
          type Enterprise @key(fields: "code") { code: ID! tax: Record taxEvidence: Evidence @inaccessible rating: Int! }
          type Record { arrears: Float! notices: [Notice!]! }
          type Notice { number: Int! }
          type Evidence @shareable @inaccessible { status: String! facts: [Fact!]! }
          type Fact @shareable @inaccessible { id: ID! amount: Float! }
        `,
        resolvers: {
          Enterprise: {
            __resolveReference: (reference: { code: string }) => reference,
            tax: ({ code }: { code: string }) => ({
              arrears: code === "B" ? 500 : 0,
              notices: [{ number: 7 }],
            }),
            rating: () => 1,
            taxEvidence: ({ code }: { code: string }) => ({
              status: "ON_RECORD",
              facts: [{ id: code, amount: code === "B" ? 500 : 0 }],
            }),
          },
        },
      },
    },
    { takesValues, subgraphErrors: { publicCodes: ["CONFLICT"], unavailableCode: "DEPARTMENT_UNAVAILABLE" } },
  );
}

/** Changes the entities of a good answer. */
export const changing =
  (change: (entities: Record<string, unknown>[]) => unknown): Fault =>
  async (respond) => {
    const { data } = await respond();
    return { data: { _entities: change(data?.["_entities"] as Record<string, unknown>[]) } };
  };
/** Answers with this and nothing else. */
export const answering =
  (response: unknown): Fault =>
  async () =>
    response as SubgraphResponse;
