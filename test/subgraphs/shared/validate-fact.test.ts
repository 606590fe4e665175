import { type FactField, type FactType, FACT_TYPES } from "../../../schema/fact-catalogue";
import { createFactValidator } from "../../../subgraphs/shared/validate-fact";
import { beilun, sampleFact } from "../samples";

const validate = (type: FactType, change: Record<string, unknown> = {}) =>
  createFactValidator(type.departments[0]!)({ type: type.name, ...sampleFact(type, beilun), ...change });

const accident = FACT_TYPES.find(({ name }) => name === "Accident")!;
const registration = FACT_TYPES.find(({ name }) => name === "EnterpriseRegistration")!;

const fieldsWith = (isMeant: (field: FactField) => boolean) =>
  FACT_TYPES.flatMap((type) =>
    type.fields.filter(isMeant).map((field) => [`${type.name}.${field.name}`, type, field] as const),
  );

test.each(FACT_TYPES)("a $name is taken with all its fields", (type) => {
  expect(validate(type)).toMatchObject({ creditCode: beilun, documentNumber: `${type.name}/1` });
});

test.each(fieldsWith(({ required }) => required))("%s is required", (_title, type, { name }) => {
  expect(() => validate(type, { [name]: undefined })).toThrow(`${name}: a value is required`);
});

const isBounded = ({ kind }: FactField) => ["INTEGER", "TENTHS", "RATE"].includes(kind);
test.each(fieldsWith(isBounded))("%s is refused out of its bounds", (_title, type, { name, min, max }) => {
  expect(() => validate(type, { [name]: min! - 1 })).toThrow(`${name}: `);
  expect(() => validate(type, { [name]: max! + 1 })).toThrow(`${name}: `);
});

test.each(fieldsWith(({ kind }) => kind === "ENUM"))("%s is one of its values", (_title, type, { name }) => {
  expect(() => validate(type, { [name]: "NONSENSE" })).toThrow(`${name}: one of `);
  expect(() => validate(type, { [name]: "__proto__" })).toThrow(`${name}: one of `);
});

test.each([
  [{ deathz: 1 }, "deathz: Accident has no such field"],
  [{ creditCode: "91330206FAKE000139" }, "creditCode: Not a unified social credit code"],
  [{ documentNumber: " " }, "documentNumber: a value is required"],
  [{ validFrom: "2024-02-02", validUntil: "2024-02-01" }, "validUntil: it lies before validFrom"],
  [{ occurredOn: "2023-02-29" }, "occurredOn: 2023-02-29 is not a day"],
  [{ disclosure: "SECRET" }, "disclosure: one of PUBLIC"],
  [{ department: "TAX" }, "department: this is the safety department"],
  [{ corrects: "1" }, "corrects: the id of a fact is expected"],
])("an accident with %j is refused with the reason", (change, reason) => {
  expect(() => validate(accident, change)).toThrow(reason);
});

test("a fact that ends on the day it begins is taken: it never holds", () => {
  expect(validate(accident, { validFrom: "2024-02-01", validUntil: "2024-02-01" })).toBeDefined();
});

test("a registration needs no document number", () => {
  expect(validate(registration, { documentNumber: undefined }).documentNumber).toBe("");
});

test("an empty cell is no value, and the content is the same however it is written", () => {
  const plain = validate(accident, { deaths: 3, seriousInjuries: null, vile: undefined });
  const fromFile = validate(accident, { deaths: "3", seriousInjuries: "", vile: " ", liability: "true" });
  expect(fromFile.digest).toBe(plain.digest);
  expect(validate(accident, { deaths: 4 }).digest).not.toBe(plain.digest);
});
