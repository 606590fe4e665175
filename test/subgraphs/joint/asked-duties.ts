/** The question that tests of duties ask. */
import type { Fact, TestGraph } from "../graph";

/** A page of duties. */
export interface ToldDuties {
  readonly edges: readonly { readonly cursor: string; readonly node: Fact }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly missing: readonly Fact[];
}

/** Asks for a page; throws the errors when there is none. */
export async function askDuties(graph: TestGraph, asked: Fact): Promise<ToldDuties> {
  const { data, errors } = await graph.ask(
    `query ($department: Department, $on: LocalDate, $knownAt: DateTime, $scheme: ID, $first: Int! = 50, $after: String) {
      duties(department: $department, on: $on, knownAt: $knownAt, scheme: $scheme, first: $first, after: $after) {
        edges { cursor node { kind department scheme { id } enterprise { creditCode } list state step form by route
          opensOn dueOn expiresOn isOverdue isProvisional carries { creditCode on }
          executed { creditCode measure department on } measures } }
        pageInfo { hasNextPage endCursor } missing { department hasUntoldCases procedures } } }`,
    asked,
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data["duties"] as ToldDuties;
}
