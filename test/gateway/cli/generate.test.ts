import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateCity } from "../../../gateway/cli/generate";
import { LAST_DAY } from "../../../gateway/cli/generate/calendar";
import { cityOf, PROPORTIONS, scaleTo } from "../../../gateway/cli/generate/enterprise";
import { parseCreditCode } from "../../../schema/credit-code";
import { findFactType } from "../../../schema/fact-catalogue";

type Fact = Readonly<Record<string, unknown>> & { readonly type: string; readonly creditCode: string };

const DEPARTMENTS = ["safety", "transport", "construction", "tax", "finance"];
const enterprises = 5_000;
const scale = (figure: number): number => scaleTo(enterprises, figure);

describe("a synthetic city of 5,000 enterprises", () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-city-"));
  const factsOf = new Map<string, Fact[]>();
  const all = (type: string): Fact[] => [...factsOf.values()].flat().filter((fact) => fact.type === type);

  beforeAll(async () => {
    await generateCity({ enterprises, seed: 7 }, folder);
    for (const name of DEPARTMENTS) {
      const lines = readFileSync(join(folder, `${name}.ndjson`), "utf8")
        .trim()
        .split("\n");
      factsOf.set(
        name,
        lines.map((line) => JSON.parse(line) as Fact),
      );
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has as many files of each kind as the Ningbo system has of 500,000 units", () => {
    const graded = all("GradeDetermination");
    const units = (facts: readonly Fact[]): number => new Set(facts.map(({ creditCode }) => creditCode)).size;
    const gradedBy = (department: string): number =>
      units(graded.filter((fact) => fact["department"] === department));
    expect({
      units: all("EnterpriseRegistration").length,
      files: all("StandardizationCertificate").length,
      industrial: gradedBy("SAFETY"),
      construction: gradedBy("CONSTRUCTION"),
      special: all("MaintenanceAssessment").length,
      transport: gradedBy("TRANSPORT"),
      hazards: all("Hazard").length,
      inspections: all("Inspection").length,
      licences: all("SafetyLicence").length,
    }).toEqual({
      units: enterprises,
      files: scale(PROPORTIONS.industrialFiles),
      industrial: scale(PROPORTIONS.gradedIndustrial),
      construction: scale(PROPORTIONS.gradedConstruction),
      special: scale(PROPORTIONS.gradedSpecialEquipment),
      transport: scale(PROPORTIONS.gradedTransport),
      hazards: scale(PROPORTIONS.hazards),
      inspections: scale(PROPORTIONS.inspections),
      licences: scale(PROPORTIONS.licences),
    });
    expect(graded.length).toBeGreaterThan(units(graded));
  });

  test("every credit code is valid and nobody else's, and about 1 in 31 ends in 0", () => {
    const codes = all("EnterpriseRegistration").map(({ creditCode }) => creditCode);
    expect(codes.filter((code) => "fault" in parseCreditCode(code))).toEqual([]);
    expect(new Set(codes).size).toBe(enterprises);
    const endingInZero = codes.filter((code) => code.endsWith("0")).length;
    expect(endingInZero).toBeGreaterThan(enterprises / 31 / 1.5);
    expect(endingInZero).toBeLessThan((enterprises / 31) * 1.5);
  });

  test("every fact is of a type its department records, with fields the catalogue knows", () => {
    const common = [
      "type",
      "department",
      "creditCode",
      "documentNumber",
      "authority",
      "occurredOn",
      "validFrom",
      "validUntil",
    ];
    for (const [name, facts] of factsOf)
      for (const fact of facts) {
        const type = findFactType(fact.type)!;
        const own = type.fields.map((field) => field.name);
        expect(type.departments).toContain(name.toUpperCase());
        expect(Object.keys(fact).filter((key) => ![...common, ...own].includes(key))).toEqual([]);
        expect(type.fields.filter((field) => field.required && !(field.name in fact))).toEqual([]);
      }
  });

  test("nothing happened after the city's last day", () => {
    const dates = [
      "occurredOn",
      "foundOn",
      "rectifiedOn",
      "settledOn",
      "clearedOn",
      "paidOn",
      "publishedOn",
      "decidedOn",
    ];
    const late = [...factsOf.values()]
      .flat()
      .filter((fact) => dates.some((name) => String(fact[name] ?? "") > LAST_DAY));
    expect(late).toEqual([]);
  });

  test("a document number names one fact of its type and enterprise", () => {
    const documented = [...factsOf.values()].flat().filter((fact) => fact["documentNumber"]);
    const keys = documented.map((fact) =>
      [fact.type, fact["department"], fact.creditCode, fact["documentNumber"]].join("|"),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test("the same seed gives the same city, another seed another", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hub-city-"));
  const write = async (seed: number, name: string): Promise<string> => {
    await generateCity({ enterprises: 300, seed }, join(folder, name));
    return DEPARTMENTS.map((department) =>
      readFileSync(join(folder, name, `${department}.ndjson`), "utf8"),
    ).join("");
  };
  const first = await write(7, "a");
  expect(await write(7, "b")).toBe(first);
  expect(await write(8, "c")).not.toBe(first);
  rmSync(folder, { recursive: true, force: true });
});

test("an enterprise is the same whoever asks for it first", () => {
  const cityAt = cityOf(1_000, 3);
  const late = cityAt(999);
  expect(cityOf(1_000, 3)(999).name).toBe(late.name);
  expect(cityOf(1_000, 4)(999).name).not.toBe(late.name);
});
