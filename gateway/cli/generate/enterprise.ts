/** One enterprise of the synthetic city: code, name, trade, and which of the city's files it has. */
import { checkCharacter } from "../../../schema/credit-code";
import { type Chance, chanceOf, rankingOf } from "./random";
import * as words from "./words";

/** How many of 500,000 units have a file of each kind: figures of the Ningbo system. */
export const PROPORTIONS = {
  units: 500_000,
  industrialFiles: 8_000,
  gradedIndustrial: 7_000,
  gradedConstruction: 1_000,
  gradedSpecialEquipment: 200,
  gradedTransport: 72_000,
  regraded: 12_115,
  hazards: 40_000,
  inspections: 20_000,
  licences: 4_000,
} as const;

/** What a unit does and which files the city has of it. */
interface Files {
  readonly trade: words.Trade;
  readonly hasIndustrialFile: boolean;
  readonly isGraded: boolean;
  readonly isRegraded: boolean;
  readonly hasHazard: boolean;
  readonly hasInspection: boolean;
  readonly hasLicence: boolean;
}

/** A unit of the city; `chance` draws what the flags leave open. */
export interface Enterprise extends Files {
  readonly index: number;
  readonly creditCode: string;
  readonly name: string;
  readonly district: string;
  readonly chance: Chance;
}

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// GB 11714: the organisation code, characters 9-17 of the credit code, has a check character of its own.
function organisationCheck(body: string): string {
  let sum = 0;
  for (let position = 0; position < 8; position++)
    sum += ORGANISATION_VALUES.indexOf(body[position]!) * ORGANISATION_WEIGHTS[position]!;
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

// No organisation code that was ever issued starts with GEN: a made-up penalty meets no real enterprise.
function creditCodeOf(index: number, districtCode: string): string {
  let serial = "";
  for (let rest = index, place = 0; place < 5; place++, rest = Math.floor(rest / 31))
    serial = ALPHABET[rest % 31] + serial;
  const body = `91${districtCode}GEN${serial}${organisationCheck(`GEN${serial}`)}`;
  return body + checkCharacter(body);
}

function nameOf(districtName: string, trade: words.Trade, chance: Chance): string {
  const place = chance.pick(["宁波", "宁波", districtName.slice(0, -1)]);
  const own = chance.pick(words.TRADE_NAME_STARTS) + chance.pick(words.TRADE_NAME_ENDS);
  const form = chance.weigh([
    ["有限公司", 85],
    ["股份有限公司", 5],
    ["厂", 10],
  ] as const);
  return `${place}${own}${chance.happens(0.4) ? chance.pick(words.TRADE_NAME_ENDS) : ""}${trade.word}${form}`;
}

/** How many units a city of this size has of what 500,000 have so many of. */
export function scaleTo(enterprises: number, of500000: number): number {
  return Math.round((of500000 * enterprises) / PROPORTIONS.units);
}

/** Where in the ranking by sector each group ends; everybody behind the last is in no credit file. */
function boundsOf(scale: (figure: number) => number): readonly number[] {
  const { industrialFiles, gradedConstruction, gradedSpecialEquipment, gradedTransport } = PROPORTIONS;
  let end = 0;
  return [industrialFiles, gradedConstruction, gradedSpecialEquipment, gradedTransport].map(
    (figure) => (end += scale(figure)),
  );
}

const GROUPS = [words.INDUSTRY_TRADES, words.CONSTRUCTION_TRADES, words.LIFT_TRADES, words.TRANSPORT_TRADES];
const UNFILED = [
  words.INDUSTRY_TRADES,
  words.CONSTRUCTION_TRADES,
  words.SERVICE_TRADES,
  words.SERVICE_TRADES,
];

function tradeAt(rank: number, bounds: readonly number[], chance: Chance): words.Trade {
  return chance.pick(GROUPS[bounds.findIndex((bound) => rank < bound)] ?? chance.pick(UNFILED));
}

function filesOf(enterprises: number, seed: number): (index: number) => Files {
  const scale = (figure: number): number => scaleTo(enterprises, figure);
  const bounds = boundsOf(scale);
  const [industrial, , , all] = bounds as [number, number, number, number];
  const gradedIndustrial = scale(PROPORTIONS.gradedIndustrial);
  const rankBy = (salt: number, count = enterprises) => rankingOf(Math.max(count, 1), seed, salt);
  const [fileRank, hazardRank, inspectionRank, licenceRank] = [rankBy(0), rankBy(1), rankBy(2), rankBy(3)];
  const regradedRank = rankBy(4, gradedIndustrial + all - industrial);
  return (index) => {
    const rank = fileRank(index);
    const isGraded = rank < gradedIndustrial || (rank >= industrial && rank < all);
    const gradedIndex = rank < gradedIndustrial ? rank : rank - industrial + gradedIndustrial;
    return {
      trade: tradeAt(rank, bounds, chanceOf(seed + 1, index)),
      hasIndustrialFile: rank < industrial,
      isGraded,
      isRegraded: isGraded && regradedRank(gradedIndex) < scale(PROPORTIONS.regraded),
      hasHazard: hazardRank(index) < scale(PROPORTIONS.hazards),
      hasInspection: inspectionRank(index) < scale(PROPORTIONS.inspections),
      hasLicence: licenceRank(index) < scale(PROPORTIONS.licences),
    };
  };
}

/** The enterprises of a city by index, each the same whenever it is asked for. */
export function cityOf(enterprises: number, seed: number): (index: number) => Enterprise {
  const filesAt = filesOf(enterprises, seed);
  return (index) => {
    const chance = chanceOf(seed, index);
    const files = filesAt(index);
    const [districtCode, district] = chance.pick(words.DISTRICTS);
    const creditCode = creditCodeOf(index, districtCode);
    return { index, creditCode, name: nameOf(district, files.trade, chance), district, chance, ...files };
  };
}
