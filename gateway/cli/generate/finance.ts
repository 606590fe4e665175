/** What the financial supervisors of a synthetic city know: loans, credit lines, defaults, insurance, securities. */
import { addDays, addYears, ifPast, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type FactsOf, type GeneratedFact, yuan } from "./fact";
import * as words from "./words";

const AUTHORITY = "宁波市地方金融管理局";

function application(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const on = recentDay(chance, 2);
  const decidedOn = ifPast(addDays(on, chance.between(5, 40)));
  return {
    type: "LoanApplication",
    creditCode,
    documentNumber: documentNumber("甬贷申", on, enterprise),
    amount: yuan(chance.between(10, 2_000) * 10_000),
    on,
    lender: chance.pick(words.LENDERS),
    ...(decidedOn && { decidedOn, decision: chance.happens(0.8) ? "GRANTED" : "REFUSED" }),
  };
}

function creditLine(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 2);
  return {
    type: "CreditLine",
    creditCode,
    documentNumber: documentNumber("甬授信", validFrom, enterprise),
    validFrom,
    validUntil: addYears(validFrom, 3),
    amount: yuan(chance.between(20, 3_000) * 10_000),
    lender: chance.pick(words.LENDERS),
  };
}

function loanDefault(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 3);
  const settledOn = chance.happens(0.5) ? ifPast(addDays(occurredOn, chance.between(30, 400))) : undefined;
  return {
    type: "LoanDefault",
    creditCode,
    documentNumber: documentNumber("甬贷逾", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    amount: yuan(chance.between(5, 900) * 10_000),
    daysPastDue: chance.pick([31, 61, 91, 181, 361]),
    ...(settledOn && { settledOn }),
  };
}

function insurance(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 1);
  const industryRate = chance.pick(["0.20", "0.40", "0.70", "0.90", "1.10", "1.30", "1.60", "1.90"]);
  return {
    type: "InsurancePolicy",
    creditCode,
    documentNumber: documentNumber("甬工伤", validFrom, enterprise),
    validFrom,
    validUntil: addYears(validFrom, 1),
    kind: chance.happens(0.8) ? "WORK_INJURY" : "SAFETY_LIABILITY",
    industryRate,
    currentRate: industryRate,
    floorRate: (Number(industryRate) / 2).toFixed(2),
  };
}

function securitiesReview(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const on = recentDay(chance, 2);
  return {
    type: "SecuritiesReview",
    creditCode,
    documentNumber: documentNumber("甬证审", on, enterprise),
    kind: chance.pick(["SHARES", "BONDS", "REFINANCING"]),
    on,
    result: chance.pick(["APPROVED", "PENDING"]),
  };
}

/** Finance's facts about one enterprise. */
export const financeFacts: FactsOf = (enterprise) => {
  const { chance, isGraded } = enterprise;
  const facts: GeneratedFact[] = [];
  if (chance.happens(isGraded ? 0.15 : 0.065)) facts.push(application(enterprise));
  if (chance.happens(isGraded ? 0.25 : 0.1)) facts.push(creditLine(enterprise));
  if (chance.happens(0.008)) facts.push(loanDefault(enterprise));
  if (isGraded && chance.happens(0.9)) facts.push(insurance(enterprise));
  if (chance.happens(0.0006)) facts.push(securitiesReview(enterprise));
  return facts;
};
