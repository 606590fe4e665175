/** `Query.schemes`: the law that is in the hub. */
import { Ctx, Query, Resolver } from "type-graphql";
import type { JointContext } from "./context";
import { type OpenParameter, Scheme } from "./graph/scheme";
import type { Pack, Parameter } from "./policy/pack/pack";

@Resolver(() => Scheme)
export class SchemeResolver {
  @Query(() => [Scheme], {
    description: "The policy packs, with all their versions and what their sources leave open.",
  })
  schemes(@Ctx() { registry }: JointContext): readonly Scheme[] {
    const byId = Map.groupBy(registry.packs, ({ scheme }) => scheme.id);
    return [...byId.keys()].sort().map((id) => toScheme(id, byId.get(id)!));
  }
}

function toScheme(id: string, packs: readonly Pack[]): Scheme {
  const oldestFirst = packs.toSorted((one, other) =>
    one.scheme.effectiveFrom < other.scheme.effectiveFrom ? -1 : 1,
  );
  const latest = oldestFirst.at(-1)!;
  return Object.assign(new Scheme(), {
    id,
    title: latest.title,
    jurisdiction: latest.jurisdiction,
    versions: oldestFirst.map(({ scheme }) => scheme),
    openParameters: latest.parameters.filter(({ open }) => open).map(toOpenParameter),
  });
}

function toOpenParameter({ name, value, note }: Parameter): OpenParameter {
  return { name, value: typeof value === "string" ? value : JSON.stringify(value), note };
}
