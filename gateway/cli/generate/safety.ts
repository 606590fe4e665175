/** What the safety department of a synthetic city knows: registrations and the industrial credit files. */
import { addDays, addYears, ifPast, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type FactsOf, type GeneratedFact, yuan } from "./fact";
import { gradeHistory } from "./grades";
import * as words from "./words";

const AUTHORITY = "宁波市应急管理局";

function registration(enterprise: Enterprise): GeneratedFact {
  const { creditCode, name, trade, district, hasIndustrialFile, chance } = enterprise;
  const capital = chance.weigh([
    [500_000, 30],
    [1_000_000, 30],
    [5_000_000, 25],
    [30_000_000, 15],
  ] as const);
  return {
    type: "EnterpriseRegistration",
    creditCode,
    name,
    address: `宁波市${district}${chance.pick(words.STREETS)}路${chance.between(1, 999)}号`,
    legalRepresentative: chance.pick(words.SURNAMES) + chance.pick(words.GIVEN_NAMES),
    industry: trade.industry,
    sector: trade.sector,
    district,
    keyRegulated: trade.industry === "HAZARDOUS_CHEMICALS" || trade.industry === "MINING",
    aboveDesignatedSize: hasIndustrialFile && chance.happens(0.83),
    registeredCapital: yuan(capital),
    establishedOn: recentDay(chance, 25),
    enterpriseType: name.endsWith("股份有限公司") ? "股份有限公司" : "有限责任公司",
    operatingTerm: "长期",
  };
}

function standardization(enterprise: Enterprise): GeneratedFact {
  const { creditCode, trade, chance } = enterprise;
  const validFrom = recentDay(chance, 4);
  return {
    type: "StandardizationCertificate",
    creditCode,
    documentNumber: documentNumber("甬AQB", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: addYears(validFrom, 3),
    level: chance.weigh([
      [1, 2],
      [2, 18],
      [3, 80],
    ] as const),
    industry: trade.industry,
  };
}

// 98 of 100 made the commitment, 74 of 100 publicised it.
function commitment(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const signedOn = recentDay(chance, 2);
  return {
    type: "SafetyCommitment",
    creditCode,
    documentNumber: documentNumber("甬安诺", signedOn, enterprise),
    signedOn,
    ...(chance.happens(74 / 98) && { publishedOn: ifPast(addDays(signedOn, 15)) ?? signedOn }),
  };
}

function dynamicPoints(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 2);
  return {
    type: "DynamicPoints",
    creditCode,
    documentNumber: documentNumber("甬安动", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    validFrom: occurredOn,
    validUntil: addYears(occurredOn, 1),
    kind: chance.pick(["VIOLATION", "COMMITMENT", "ACCIDENT"]),
    points: -chance.between(1, 15),
  };
}

function hazard(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const foundOn = recentDay(chance, 3);
  const deadline = addDays(foundOn, 30);
  const rectifiedOn = chance.happens(0.96) ? ifPast(addDays(foundOn, chance.between(1, 30))) : undefined;
  return {
    type: "Hazard",
    creditCode,
    documentNumber: documentNumber("甬隐患", foundOn, enterprise),
    authority: AUTHORITY,
    major: chance.happens(0.02),
    foundOn,
    deadline,
    ...(rectifiedOn && { rectifiedOn }),
  };
}

function inspection(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 2);
  return {
    type: "Inspection",
    creditCode,
    documentNumber: documentNumber("甬应急检", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    result: chance.happens(0.85) ? "PASSED" : "FAILED",
    kind: chance.weigh([
      ["ROUTINE", 80],
      ["SAMPLED_VERIFICATION", 15],
      ["LOOK_BACK", 5],
    ] as const),
  };
}

function licence(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 3);
  return {
    type: "SafetyLicence",
    creditCode,
    documentNumber: documentNumber("浙甬安许", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: addYears(validFrom, 3),
    kind: chance.pick(["HAZARDOUS_CHEMICALS_OPERATION", "WORK_SAFETY", "NON_COAL_MINE"]),
  };
}

function penalty(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 4);
  return {
    type: "AdministrativePenalty",
    department: "SAFETY",
    creditCode,
    documentNumber: documentNumber("甬应急罚", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    kind: "罚款",
    cause: chance.pick(["未如实记录事故隐患排查治理情况", "特种作业人员未持证上岗", "未设置安全警示标志"]),
    basis: "《中华人民共和国安全生产法》",
    fine: yuan(chance.between(1, 50) * 1_000),
    enforcement: "SETTLED",
  };
}

function accident(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 5);
  const isLarger = chance.happens(0.02);
  return {
    type: "Accident",
    creditCode,
    documentNumber: documentNumber("甬安事", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    class: isLarger ? "LARGER" : "ORDINARY",
    deaths: isLarger ? chance.between(3, 5) : chance.between(0, 2),
    seriousInjuries: chance.between(0, 3),
    liability: chance.happens(0.8),
  };
}

function seriousViolation(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 3);
  return {
    type: "SeriousViolation",
    creditCode,
    documentNumber: documentNumber("甬安违", occurredOn, enterprise),
    authority: AUTHORITY,
    occurredOn,
    kind: chance.pick(["MAJOR_HAZARD_IGNORED", "STOPPAGE_ORDER_IGNORED", "UNLICENSED_PRODUCTION"]),
  };
}

function listEntry(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const publishedOn = recentDay(chance, 1);
  return {
    type: "ListEntry",
    department: "SAFETY",
    creditCode,
    documentNumber: documentNumber("甬安列", publishedOn, enterprise),
    authority: AUTHORITY,
    list: "JOINT_PUNISHMENT_OBJECT",
    level: chance.pick(["PROVINCE", "CITY", "COUNTY"]),
    publishedOn,
    validFrom: publishedOn,
    validUntil: addYears(publishedOn, 1),
  };
}

/** Safety's facts about one enterprise. */
export const safetyFacts: FactsOf = (enterprise) => {
  const { chance, hasIndustrialFile, isGraded, trade } = enterprise;
  const facts = [registration(enterprise)];
  if (hasIndustrialFile) facts.push(standardization(enterprise));
  if (hasIndustrialFile && chance.happens(0.83 * 0.98)) facts.push(commitment(enterprise));
  if (isGraded && hasIndustrialFile) {
    facts.push(...gradeHistory(enterprise, { department: "SAFETY", authority: AUTHORITY, mark: "甬安信" }));
    if (chance.happens(0.2)) facts.push(dynamicPoints(enterprise));
  }
  if (enterprise.hasHazard) facts.push(hazard(enterprise));
  if (enterprise.hasInspection) facts.push(inspection(enterprise));
  if (enterprise.hasLicence) facts.push(licence(enterprise));
  const isRisky = hasIndustrialFile || trade.sector === "CONSTRUCTION";
  if (chance.happens(isRisky ? 0.05 : 0.008)) facts.push(penalty(enterprise));
  if (chance.happens(isRisky ? 0.004 : 0.0003)) facts.push(accident(enterprise));
  if (chance.happens(isRisky ? 0.002 : 0.0001)) facts.push(seriousViolation(enterprise));
  if (chance.happens(isRisky ? 0.001 : 0.00005)) facts.push(listEntry(enterprise));
  return facts;
};
