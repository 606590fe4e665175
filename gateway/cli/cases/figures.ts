/** Figures over the population of a case, by the hub's own definitions of figures. */
import { findFactType } from "../../../schema/fact-catalogue";
import type { Pack, PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { computeFigures } from "../../../subgraphs/joint/statistics/compute-figures";
import { withExpiringEntries } from "../../../subgraphs/joint/statistics/expiring-entries";
import { type Figure as Computed, shareFigure } from "../../../subgraphs/joint/statistics/figure";
import { COUNTING_DEPARTMENTS } from "../../../subgraphs/joint/statistics/read-sheets";
import type { AcceptanceCase, CaseFact, Figure } from "./case";
import { factsKnownAt } from "./case-evidence";
import { type CountedGroup, countPopulation } from "./count-population";

/** What differs from the expected figure. */
export function checkFigure(figure: Figure, one: AcceptanceCase, registry: PackRegistry): readonly string[] {
  const asOf = figure.asOf ?? one.asOf;
  const pack = registry.find(one.scheme, asOf);
  const computed = pack && computeFigure(figure, { one, pack, asOf });
  const name = `${figure.name} ${JSON.stringify(figure.of ?? {})}`;
  if (!computed) return [`${name}: there is no such figure`];
  const faults: string[] = [];
  if (computed.value !== figure.value) faults.push(`${name} is ${computed.value}, expected ${figure.value}`);
  if (figure.met !== undefined && computed.met !== figure.met)
    faults.push(`${name}: the target ${computed.target} is ${computed.met ? "" : "not "}met`);
  return faults;
}

interface FigureScope {
  readonly one: AcceptanceCase;
  readonly pack: Pack;
  readonly asOf: string;
}

function computeFigure(figure: Figure, { one, pack, asOf }: FigureScope): Computed | undefined {
  const rows = countPopulation(groupsOf(figure, one, pack), { scheme: one.scheme, asOf });
  const sheets = new Map(COUNTING_DEPARTMENTS.map((department) => [department, rows.get(department) ?? []]));
  const { figures } = withExpiringEntries(computeFigures(sheets, pack, asOf), sheets, { pack, asOf });
  const named = figures.filter(({ name }) => name === figure.name);
  const found = named.find((other) => isSameGroup(other, figure.of)) ?? named.find(({ of }) => of === null);
  return found && withExpected(found, figure);
}

// A level is what is counted; any other filter says of whom.
function groupsOf(
  { of = {} }: Figure,
  { population, facts, knownAt }: AcceptanceCase,
  pack: Pack,
): readonly CountedGroup[] {
  const filter = Object.fromEntries(Object.entries(of).filter(([name]) => name !== "level"));
  const single = [...Map.groupBy(facts, ({ creditCode }) => creditCode).values()];
  return [...population, ...single.map((own) => ({ count: 1, facts: own }))]
    .map(({ count, facts: all }) => ({ count, facts: all.filter((fact) => isOfList(fact, filter)) }))
    .filter((group) => isOf(group.facts, filter, pack))
    .map((group) => ({ enterprises: group.count, facts: factsKnownAt(group.facts, knownAt) }));
}

// Entries and steps are counted one by one: those over another list than the one asked are not what is counted.
function isOfList(fact: CaseFact, { list }: Readonly<Record<string, unknown>>): boolean {
  return list === undefined || fact["list"] === undefined || fact["list"] === list;
}

function isSameGroup({ of }: Computed, asked: Figure["of"] = {}): boolean {
  const own = ["level", "keyIndustries"].find((name) => name in asked);
  const wanted = own === undefined ? asked : { [own]: asked[own] };
  return JSON.stringify(of ?? {}) === JSON.stringify(wanted);
}

// A case may know the base, and names the target that it is about.
function withExpected(found: Computed, { base, target }: Figure): Computed {
  if (found.unit !== "PERCENT" || (base === undefined && target === undefined)) return found;
  const share = {
    of: found.of,
    part: found.part,
    base: base ?? found.base,
    target: target === undefined ? undefined : Number(target),
  };
  return shareFigure(found.name, share)[0] ?? found;
}

// A filter names a field of any fact of the enterprise; keyIndustries is the scheme's own group of industries.
function isOf(facts: readonly CaseFact[], filter: Readonly<Record<string, unknown>>, pack: Pack): boolean {
  const key = pack.parameters.find(({ name }) => name === "keyIndustries")?.value;
  return Object.entries(filter).every(([name, value]) => {
    if (name === "keyIndustries")
      return Array.isArray(key) && facts.some(({ industry }) => key.includes(industry)) === value;
    const isField = (fact: CaseFact) => findFactType(fact.type)?.fields.some((field) => field.name === name);
    return facts.some((fact) => isField(fact) && fact[name] === value);
  });
}
