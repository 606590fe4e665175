/**
 * Statistics over the population of a case. The hub computes its own in SQL, where the facts live; here the figures follow
 * from the case's groups of equal enterprises, one enterprise of each group standing for all of it.
 */
import { findFactType } from "../../../schema/fact-catalogue";
import { anniversaryOf } from "../../../subgraphs/joint/policy/pack/judge-fact";
import type { PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import type { AcceptanceCase, CaseFact, Figure } from "./case";

type Claim = (facts: readonly CaseFact[], scope: FigureScope) => number | boolean;

interface FigureScope {
  readonly asOf: string;
  readonly scheme: string;
  /** The first day of the 30 working days before a term of the scheme's lists ends, and that end. */
  readonly removalWindow: (
    publishedOn: string,
    list: string,
  ) => readonly [opens: string, closes: string] | null;
}

/** What differs from the expected figure. */
export function checkFigure(figure: Figure, one: AcceptanceCase, registry: PackRegistry): readonly string[] {
  const computed = computeFigure(figure, one, registry);
  const faults: string[] = [];
  if (computed.value !== figure.value) {
    faults.push(
      `${figure.name} ${JSON.stringify(figure.of ?? {})} is ${computed.value}, expected ${figure.value}`,
    );
  }
  if (figure.target !== undefined && figure.met !== undefined) {
    const met = computed.ratio * 100 >= Number(figure.target);
    if (met !== figure.met)
      faults.push(`${figure.name}: the target ${figure.target} is ${met ? "" : "not "}met`);
  }
  return faults;
}

interface Computed {
  readonly value: string;
  readonly ratio: number;
}

function computeFigure(figure: Figure, one: AcceptanceCase, registry: PackRegistry): Computed {
  const asOf = figure.asOf ?? one.asOf;
  const scope: FigureScope = {
    asOf,
    scheme: one.scheme,
    removalWindow: windowsOf(one.scheme, asOf, registry),
  };
  const groups = [
    ...one.population,
    ...[...Map.groupBy(one.facts, ({ creditCode }) => creditCode).values()].map((facts) => ({
      count: 1,
      facts,
    })),
  ].filter(({ facts }) => isOf(facts, figure.of ?? {}));
  const count = (claim: Claim) =>
    groups.reduce((sum, group) => sum + group.count * Number(claim(group.facts, scope)), 0);
  const share = SHARES[figure.name];
  if (share) {
    const base = figure.base ?? count(share.base);
    const part = count(share.part);
    return { value: percent(part, base), ratio: base === 0 ? 0 : part / base };
  }
  const amount = COUNTS[figure.name];
  if (!amount) throw new Error(`there is no figure ${figure.name}`);
  const total = count(amount.of);
  return { value: String(Math.ceil(total / amount.oneIn)), ratio: 0 };
}

// Half up to one decimal, in whole numbers: 1,000 parts in the thousand, the last digit rounded by adding a half.
function percent(part: number, base: number): string {
  if (base === 0) return "0.0";
  const tenths = Math.floor((2000 * part + base) / (2 * base));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

const anyone: Claim = () => true;
const ofType = (facts: readonly CaseFact[], ...types: readonly string[]) =>
  facts.filter((fact) => types.includes(fact.type) && fact["status"] !== "WITHDRAWN");
const by = (value: unknown, asOf: string) => typeof value === "string" && value <= asOf;

const attained: Claim = (facts, { asOf }) =>
  ofType(facts, "StandardizationCertificate").some(
    (fact) =>
      (fact["validFrom"] === undefined || by(fact["validFrom"], asOf)) &&
      !by(fact["validUntil"], asOf) &&
      !by(fact["withdrawnOn"], asOf),
  );
const grades = (facts: readonly CaseFact[], { asOf, scheme }: FigureScope) =>
  ofType(facts, "GradeDetermination", "MaintenanceAssessment").filter(
    (fact) =>
      (fact["scheme"] ?? scheme) === scheme && by(fact["validFrom"] ?? fact["occurredOn"] ?? "", asOf),
  );
const lowGrade: Claim = (facts, scope) => ["C", "D"].includes(String(grades(facts, scope).at(-1)?.["grade"]));

const SHARES: Readonly<Record<string, { readonly part: Claim; readonly base: Claim }>> = {
  regradedShare: {
    part: (facts, scope) => new Set(grades(facts, scope).map((fact) => fact["grade"])).size > 1,
    base: (facts, scope) => grades(facts, scope).length > 0,
  },
  downgradedShare: { part: lowGrade, base: (facts, scope) => grades(facts, scope).length > 0 },
  commitmentShare: {
    part: (facts, { asOf }) =>
      ofType(facts, "SafetyCommitment").some(
        (fact) => by(fact["signedOn"], asOf) || by(fact["publishedOn"], asOf),
      ),
    base: anyone,
  },
  publicisedShare: {
    part: (facts, { asOf }) =>
      ofType(facts, "SafetyCommitment").some((fact) => by(fact["publishedOn"], asOf)),
    base: anyone,
  },
  startedShare: {
    part: (facts, { asOf, scheme }) =>
      ofType(facts, "ProgrammeEnrolment").some(
        (fact) => fact["scheme"] === scheme && by(fact["startedOn"], asOf),
      ),
    base: anyone,
  },
  attainedShare: { part: attained, base: anyone },
};

const COUNTS: Readonly<Record<string, { readonly of: Claim; readonly oneIn: number }>> = {
  enforcementPlanMinimum: {
    of: (facts) =>
      ofType(facts, "StandardizationCertificate").some((fact) => by(fact["validFrom"], "2018-12-31")),
    oneIn: 2,
  },
  lookBackMinimum: { of: attained, oneIn: 5 },
  honestyReportsMissing: {
    of: (facts, { asOf }) =>
      !ofType(facts, "HonestyReport").some(
        (fact) =>
          String(fact["year"]) === asOf.slice(0, 4) &&
          (fact["reportedOn"] === undefined || by(fact["reportedOn"], asOf)),
      ),
    oneIn: 1,
  },
  entriesExpiringWithin30WorkingDays: {
    of: (facts, { asOf, removalWindow }) =>
      ofType(facts, "ListEntry").filter((fact) => {
        const window = removalWindow(String(fact["publishedOn"]), String(fact["list"]));
        return window !== null && !by(fact["endedOn"], asOf) && window[0] <= asOf && asOf < window[1];
      }).length,
    oneIn: 1,
  },
  listingsConfirmedInMonth: {
    of: (facts, { asOf }) =>
      ofType(facts, "ProcedureStep").filter(
        (fact) =>
          fact["procedure"] === "LISTING" &&
          fact["step"] === "CONFIRMED" &&
          String(fact["on"]).startsWith(asOf.slice(0, 7)),
      ).length,
    oneIn: 1,
  },
};

function windowsOf(scheme: string, asOf: string, registry: PackRegistry): FigureScope["removalWindow"] {
  const program = registry.find(scheme, asOf)?.program;
  return (publishedOn, list) => {
    const { term, removal } = program?.lists.get(list)?.spec ?? {};
    if (!program || !term || !removal) return null;
    const expiry = anniversaryOf(publishedOn, term);
    return [program.calendar.workingDaysBefore(expiry, removal.workingDays).first, expiry];
  };
}

const KEY_INDUSTRIES = [
  ..."MINING HAZARDOUS_CHEMICALS INDUSTRY_AND_TRADE TRANSPORT CONSTRUCTION TOWN_GAS".split(" "),
  ..."CIVIL_EXPLOSIVES POWER".split(" "),
];

// A filter names a field of any fact of the enterprise; keyIndustries stands for the eight key industries together.
function isOf(facts: readonly CaseFact[], filter: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (name === "keyIndustries") {
      const industry = ofType(facts, "EnterpriseRegistration").at(-1)?.["industry"];
      return KEY_INDUSTRIES.includes(String(industry)) === value;
    }
    const isField = (fact: CaseFact) => findFactType(fact.type)?.fields.some((field) => field.name === name);
    return facts.some((fact) => isField(fact) && fact[name] === value);
  });
}
