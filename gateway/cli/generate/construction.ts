/** What the construction department of a synthetic city knows: qualifications, wages, guarantees, lifts. */
import { addDays, addYears, ifPast, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type FactsOf, type GeneratedFact, yuan } from "./fact";
import { gradeHistory } from "./grades";

const AUTHORITY = "宁波市住房和城乡建设局";
const LABOUR = "宁波市人力资源和社会保障局";

function qualification(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 4);
  return {
    type: "WorksQualification",
    creditCode,
    documentNumber: documentNumber("甬建资", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: addYears(validFrom, 5),
    kind: chance.pick(["GENERAL_CONTRACTING", "FOUNDATION", "MUNICIPAL_WORKS"]),
    level: chance.pick(["特级", "一级", "二级", "三级"]),
  };
}

// Of 106 lift units assessed 30 fell to C or D; hoists are a tenth of them.
function maintenance(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 1);
  const hasFallen = chance.happens(30 / 106);
  const grade = hasFallen ? chance.pick(["C", "D"]) : chance.pick(["A", "B"]);
  return {
    type: "MaintenanceAssessment",
    creditCode,
    documentNumber: documentNumber("甬特维", occurredOn, enterprise),
    authority: "宁波市市场监督管理局",
    occurredOn,
    kind: chance.happens(0.08) ? "HOIST" : "LIFT",
    grade,
    rectification: hasFallen ? chance.pick(["SUFFICIENT", "INSUFFICIENT"]) : "NONE",
  };
}

function wageArrears(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const from = recentDay(chance, 3);
  const settledOn = chance.happens(0.8) ? ifPast(addDays(from, chance.between(10, 200))) : undefined;
  return {
    type: "WageArrears",
    creditCode,
    documentNumber: documentNumber("甬人社欠薪", from, enterprise),
    authority: LABOUR,
    amount: yuan(chance.between(2, 300) * 10_000),
    from,
    ...(settledOn && { settledOn }),
    workers: chance.between(1, 120),
  };
}

function socialInsuranceArrears(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 2);
  const settledOn = chance.happens(0.7) ? ifPast(addDays(occurredOn, chance.between(10, 300))) : undefined;
  return {
    type: "SocialInsuranceArrears",
    creditCode,
    documentNumber: documentNumber("甬社保欠", occurredOn, enterprise),
    authority: LABOUR,
    occurredOn,
    kind: chance.pick(["PENSION", "WORK_INJURY", "MEDICAL"]),
    amount: yuan(chance.between(5, 900) * 1_000),
    ...(settledOn && { settledOn }),
  };
}

function guarantee(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 2);
  return {
    type: "Guarantee",
    creditCode,
    documentNumber: documentNumber("甬建保", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: addYears(validFrom, 2),
    kind: chance.pick(["PERFORMANCE", "WAGE"]),
    amount: yuan(chance.between(10, 500) * 10_000),
    section: `标段${chance.between(1, 12)}`,
  };
}

function commendation(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 3);
  return {
    type: "Commendation",
    creditCode,
    documentNumber: documentNumber("甬建奖", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    title: "甬江建设杯优质工程",
    level: "CITY",
  };
}

function penalty(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 4);
  return {
    type: "AdministrativePenalty",
    department: "CONSTRUCTION",
    creditCode,
    documentNumber: documentNumber("甬建罚", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    kind: "罚款",
    cause: chance.pick(["未取得施工许可证擅自施工", "高处作业防护不到位"]),
    fine: yuan(chance.between(5, 100) * 1_000),
  };
}

/** Construction's facts about one enterprise. */
export const constructionFacts: FactsOf = (enterprise) => {
  const { chance, trade, isGraded } = enterprise;
  const facts: GeneratedFact[] = [];
  if (trade.sector === "LIFT_MAINTENANCE") facts.push(maintenance(enterprise));
  if (trade.sector === "CONSTRUCTION") {
    if (isGraded || chance.happens(0.1)) facts.push(qualification(enterprise));
    if (isGraded)
      facts.push(
        ...gradeHistory(enterprise, { department: "CONSTRUCTION", authority: AUTHORITY, mark: "甬建评" }),
      );
    if (chance.happens(isGraded ? 0.8 : 0.02)) facts.push(guarantee(enterprise));
    if (chance.happens(isGraded ? 0.1 : 0.001)) facts.push(commendation(enterprise));
    if (chance.happens(0.025)) facts.push(penalty(enterprise));
  }
  if (chance.happens(trade.sector === "CONSTRUCTION" ? 0.006 : 0.0008)) facts.push(wageArrears(enterprise));
  if (chance.happens(0.003)) facts.push(socialInsuranceArrears(enterprise));
  return facts;
};
