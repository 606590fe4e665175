/** What the transport department of a synthetic city knows: fleets, licences, violations, traffic credit. */
import { addYears, recentDay } from "./calendar";
import type { Enterprise } from "./enterprise";
import { documentNumber, type FactsOf, type GeneratedFact } from "./fact";
import { gradeHistory } from "./grades";

const AUTHORITY = "宁波市交通运输局";
const POLICE = "宁波市公安局交通警察局";

function fleet({ creditCode, chance }: Enterprise): GeneratedFact {
  return {
    type: "FleetProfile",
    creditCode,
    authority: AUTHORITY,
    vehicles: chance.between(1, 40),
    ...(chance.happens(0.03) && { hazardousGoodsVehicles: chance.between(1, 12) }),
  };
}

function operatorLicence(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const validFrom = recentDay(chance, 4);
  return {
    type: "OperatorLicence",
    creditCode,
    documentNumber: documentNumber("浙交运管许可甬字", validFrom, enterprise),
    authority: AUTHORITY,
    validFrom,
    validUntil: addYears(validFrom, 4),
    kind: chance.pick(["ROAD_FREIGHT", "ROAD_PASSENGER", "HAZARDOUS_GOODS"]),
  };
}

function violation(enterprise: Enterprise, nth: number): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 2);
  return {
    type: "TrafficViolation",
    creditCode,
    documentNumber: documentNumber(`甬公交罚${nth === 0 ? "" : `${nth + 1}次`}`, occurredOn, enterprise),
    authority: POLICE,
    occurredOn,
    kind: chance.pick(["OVERLOADING", "SPEEDING", "FATIGUED_DRIVING", "UNLICENSED_VEHICLE"]),
    points: chance.pick([3, 6, 9, 12]),
  };
}

function creditEntry(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const occurredOn = recentDay(chance, 1);
  return {
    type: "TrafficCreditEntry",
    creditCode,
    documentNumber: documentNumber("甬交信", occurredOn, enterprise),
    authority: POLICE,
    occurredOn,
    points: chance.happens(0.6) ? chance.between(1, 5) : -chance.between(1, 10),
  };
}

// Three transport enterprises of the whole city have lost so much credit that they are on the list.
function listEntry(enterprise: Enterprise): GeneratedFact {
  const { creditCode, chance } = enterprise;
  const publishedOn = recentDay(chance, 1);
  return {
    type: "ListEntry",
    department: "TRANSPORT",
    creditCode,
    documentNumber: documentNumber("甬交列", publishedOn, enterprise),
    authority: POLICE,
    list: "TRAFFIC_SUPERVISION_BLACKLIST",
    level: "CITY",
    publishedOn,
    validFrom: publishedOn,
    validUntil: addYears(publishedOn, 1),
  };
}

/** Transport's facts about one enterprise. */
export const transportFacts: FactsOf = (enterprise) => {
  const { chance, trade, isGraded } = enterprise;
  if (trade.sector !== "ROAD_TRANSPORT") return chance.happens(0.01) ? [violation(enterprise, 0)] : [];
  const facts = [fleet(enterprise), operatorLicence(enterprise)];
  if (isGraded)
    facts.push(
      ...gradeHistory(enterprise, { department: "TRANSPORT", authority: AUTHORITY, mark: "甬交评" }),
    );
  const violations = chance.happens(0.5) ? chance.between(1, 3) : 0;
  for (let nth = 0; nth < violations; nth++) facts.push(violation(enterprise, nth));
  if (chance.happens(0.4)) facts.push(creditEntry(enterprise));
  if (chance.happens(3 / 72_000)) facts.push(listEntry(enterprise));
  return facts;
};
