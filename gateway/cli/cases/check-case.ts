/** Holds a case against the packs: what is not as expected, in words; nothing when all is. */
import { parseCreditCode } from "../../../schema/credit-code";
import { assess } from "../../../subgraphs/joint/assessment/assess";
import type { Assessment } from "../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../subgraphs/joint/assessment/decide";
import type { Pack, PackRegistry } from "../../../subgraphs/joint/policy/pack/pack";
import { withParameters } from "../../../subgraphs/joint/policy/pack/read-pack";
import type { AcceptanceCase, Expectation } from "./case";
import { evidenceFor } from "./case-evidence";
import { checkAssessment } from "./check-assessment";
import { checkDisclosure } from "./disclosure";
import { checkFigure } from "./figures";

/** The faults of a case. What is held against a pack that is not there fails. */
export function checkCase(one: AcceptanceCase, registry: PackRegistry): readonly string[] {
  try {
    return [
      ...unknownScheme(one, registry),
      ...unknownParameters(one, registry),
      ...one.identifiers.flatMap(checkIdentifier),
      ...one.expect.flatMap((expected) => checkExpectation(expected, one, registry)),
      ...one.disclosures.flatMap((expected) =>
        checkDisclosure(expected, one, findPack(one.scheme, { one, registry, asOf: one.asOf })),
      ),
      ...(one.statistics?.figures ?? []).flatMap((figure) => checkFigure(figure, one, registry)),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message.replaceAll("\n", " ") : String(error)];
  }
}

// Credit codes and who may see a fact are no pack's business, and expectations may name their own packs.
function unknownScheme({ scheme, asOf, ...one }: AcceptanceCase, registry: PackRegistry): string[] {
  const asserted = [one.identifiers, one.disclosures, one.expect].some((list) => list.length > 0);
  return asserted || registry.find(scheme, asOf) ? [] : [`there is no pack ${scheme}`];
}

function checkIdentifier({ value, valid, canonical }: AcceptanceCase["identifiers"][number]): string[] {
  const parsed = parseCreditCode(value);
  const isValid = "code" in parsed;
  if (isValid !== valid) return [`${value} is ${isValid ? "valid" : "invalid"}, expected otherwise`];
  if (!isValid || canonical === undefined || parsed.code === canonical) return [];
  return [`${value} is ${parsed.code}, expected ${canonical}`];
}

function checkExpectation(
  expected: Expectation,
  one: AcceptanceCase,
  registry: PackRegistry,
): readonly string[] {
  const asOf = expected.asOf ?? one.asOf;
  const schemeId = expected.scheme ?? one.scheme;
  const pack = findPack(schemeId, { one, registry, asOf });
  if (!pack) return [`there is no pack ${schemeId}`];
  const knownAt = expected.knownAt ?? one.knownAt;
  const { creditCode } = expected;
  const silent = expected.silent ?? one.silent;
  const evidence = evidenceFor(one.facts, { creditCode, asOf, knownAt, silent });
  const assessment = assess(pack, evidence, { asOf, knownAt: knownAt ?? null });
  const faults = [...checkAssessment(expected, assessment), ...checkDecisions(expected, pack, assessment)];
  return faults.map((fault) => `${creditCode} ${asOf}${expected.scheme ? ` ${schemeId}` : ""}: ${fault}`);
}

interface PackScope {
  readonly one: AcceptanceCase;
  readonly registry: PackRegistry;
  readonly asOf: string;
}

// Each pack of a case takes those of its parameters that it has.
function findPack(schemeId: string, { one, registry, asOf }: PackScope): Pack | undefined {
  const pack = registry.find(schemeId, asOf);
  if (!pack) return undefined;
  const own = Object.entries(one.parameters).filter(([name]) => hasParameter(pack, name));
  return withParameters(pack, Object.fromEntries(own));
}

function hasParameter(pack: Pack, name: string): boolean {
  return pack.parameters.some((parameter) => parameter.name === name);
}

// A parameter of another pack than the one asked changes nothing; one that no pack has would assert nothing unseen.
function unknownParameters({ parameters }: AcceptanceCase, { packs }: PackRegistry): string[] {
  const unknown = Object.keys(parameters).filter((name) => !packs.some((pack) => hasParameter(pack, name)));
  return unknown.map((name) => `there is no parameter ${name}`);
}

function checkDecisions({ decision }: Expectation, pack: Pack, assessment: Assessment): string[] {
  return Object.entries(decision ?? {}).flatMap(([purpose, expected]) => {
    const decided = decide(pack, assessment, purpose as keyof Assessment["outcomes"]);
    const faults: string[] = [];
    if (expected.outcome !== undefined && decided.outcome !== expected.outcome) {
      faults.push(`${purpose} is ${decided.outcome}, expected ${expected.outcome}`);
    }
    const named = decided.missing.map(({ department }) => department as string);
    if (expected.missing?.length === 0 && named.length > 0)
      faults.push(`${purpose} names ${named.join(", ")} as missing, expected none`);
    for (const department of expected.missing ?? []) {
      if (!named.includes(department)) faults.push(`${purpose} does not name ${department} as missing`);
    }
    return faults;
  });
}
