/** What the tax department of a synthetic city knows: yearly grades, arrears, rebates, major violations. */
import { addDays, ifPast, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type FactsOf, type GeneratedFact, yuan } from "./fact";

const AUTHORITY = "国家税务总局宁波市税务局";
const GRADED_YEAR = 2025;

function creditGrade(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = `${GRADED_YEAR + 1}-04-01`;
  return {
    type: "TaxpayerCreditGrade",
    creditCode,
    documentNumber: documentNumber("甬税信", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: `${GRADED_YEAR + 2}-04-01`,
    year: GRADED_YEAR,
    grade: chance.weigh([
      ["A", 8],
      ["B", 40],
      ["M", 40],
      ["C", 8],
      ["D", 4],
    ] as const),
  };
}

function arrears(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const since = recentDay(chance, 3);
  const clearedOn = chance.happens(0.7) ? ifPast(addDays(since, chance.between(5, 365))) : undefined;
  return {
    type: "TaxArrears",
    creditCode,
    documentNumber: documentNumber("甬税欠", since, enterprise),
    authority: AUTHORITY,
    amount: yuan(chance.between(1, 4_000) * 1_000),
    since,
    ...(clearedOn && { clearedOn }),
  };
}

function rebate(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const paidOn = recentDay(chance, 2);
  return {
    type: "TaxRebate",
    creditCode,
    documentNumber: documentNumber("甬税退", paidOn, enterprise),
    authority: AUTHORITY,
    occurredOn: paidOn,
    period: paidOn.slice(0, 4),
    amount: yuan(chance.between(1, 500) * 10_000),
    paidOn,
  };
}

function majorViolation(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 3);
  return {
    type: "MajorTaxViolation",
    creditCode,
    documentNumber: documentNumber("甬税稽", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    kind: chance.pick(["EVASION", "FALSE_INVOICES", "EXPORT_REFUND_FRAUD"]),
    amount: yuan(chance.between(100, 3_000) * 10_000),
  };
}

/** Tax's facts about one enterprise. */
export const taxFacts: FactsOf = (enterprise) => {
  const { chance, hasIndustrialFile } = enterprise;
  const facts: GeneratedFact[] = [];
  if (chance.happens(0.6)) facts.push(creditGrade(enterprise));
  if (chance.happens(0.03)) facts.push(arrears(enterprise));
  if (chance.happens(hasIndustrialFile ? 0.35 : 0.045)) facts.push(rebate(enterprise));
  if (chance.happens(0.0005)) facts.push(majorViolation(enterprise));
  return facts;
};
