import fc from "fast-check";
import { FACT_DEPARTMENTS } from "../../../../schema/fact-catalogue";
import { lentText } from "../../../../subgraphs/joint/evidence/lent-text";
import { parseEvidence, type LentBranches } from "../../../../subgraphs/joint/evidence/parse-evidence";

const creditCode = "91330206144239418F";
const asOf = "2013-09-01";
const nothing = { status: "NONE_ON_RECORD", creditCode, facts: [] };

const accident = {
  id: "0190a000-0000-7000-8000-000000000002",
  type: "Accident",
  documentNumber: "BL-2013-1",
  occurredOn: "2013-05-01",
  validFrom: null,
  validUntil: null,
  status: "ACTIVE",
  values: { class: "LARGER", deaths: 3, liability: true },
};
const certificate = {
  ...accident,
  id: "0190a000-0000-7000-8000-000000000001",
  type: "StandardizationCertificate",
  values: { level: 2, industry: null },
};

const allClear: LentBranches = {
  creditCode,
  asOf,
  safetyEvidence: nothing,
  transportEvidence: nothing,
  constructionEvidence: nothing,
  taxEvidence: nothing,
  financeEvidence: nothing,
};
const safetyLends = (safetyEvidence: unknown) => parseEvidence({ ...allClear, safetyEvidence }).SAFETY;
const lendsFact = (changes: object) =>
  safetyLends({ status: "ON_RECORD", creditCode, facts: [{ ...accident, ...changes }] });

test("nothing on record is known, and no answer is not", () => {
  const evidence = parseEvidence({ ...allClear, taxEvidence: null, financeEvidence: undefined });
  expect(evidence.SAFETY).toEqual({ status: "KNOWN", facts: [] });
  expect(evidence.TAX).toMatchObject({ status: "UNKNOWN" });
  expect(evidence.FINANCE).toMatchObject({ status: "UNKNOWN" });
});

test("lent facts become known in the order of their ids, absent fields left out", () => {
  const known = safetyLends({ status: "ON_RECORD", creditCode, facts: [accident, certificate] });
  expect(known).toEqual({
    status: "KNOWN",
    facts: [
      { ...certificate, department: "SAFETY", values: { level: 2 } },
      { ...accident, department: "SAFETY" },
    ],
  });
});

test("equal facts have equal text, whatever the order of facts and fields", () => {
  const turned = { ...accident, values: { liability: true, deaths: 3, class: "LARGER", vile: null } };
  const one = safetyLends({ status: "ON_RECORD", creditCode, facts: [certificate, accident] });
  const other = safetyLends({ facts: [turned, certificate], creditCode, status: "ON_RECORD" });
  expect(JSON.stringify(other)).toBe(JSON.stringify(one));
});

test.each<[string, unknown]>([
  ["a text", "clean"],
  ["a list", [nothing]],
  ["another enterprise's answer", { ...nothing, creditCode: "91330206MA2ABCDE09" }],
  ["an answer that names no enterprise", { status: "NONE_ON_RECORD", facts: [] }],
  ["a status outside the contract", { ...nothing, status: "CLEAN" }],
  ["no status", { creditCode, facts: [] }],
  ["no list of facts", { status: "NONE_ON_RECORD", creditCode }],
  ["nothing on record, and yet a fact", { status: "NONE_ON_RECORD", creditCode, facts: [accident] }],
  ["something on record, and no fact", { status: "ON_RECORD", creditCode, facts: [] }],
  ["a null among the facts", { status: "ON_RECORD", creditCode, facts: [accident, null] }],
  ["the same fact twice", { status: "ON_RECORD", creditCode, facts: [accident, accident] }],
  ["more facts than anyone has", { status: "ON_RECORD", creditCode, facts: Array(10_001).fill(accident) }],
])("%s is not evidence", (_, branch) => {
  expect(safetyLends(branch)).toMatchObject({ status: "UNKNOWN" });
});

test.each<[string, object]>([
  ["without id", { id: "" }],
  ["of an unknown type", { type: "Rumour" }],
  ["of a type named like an object's own", { type: "__proto__" }],
  ["of another department's type", { type: "TaxArrears", values: { amount: "1.00", since: "2013-01-01" } }],
  ["without its document number", { documentNumber: null }],
  ["on a day that does not exist", { occurredOn: "2013-02-30" }],
  ["with an instant for a day", { occurredOn: "2013-05-01T00:00:00Z" }],
  ["valid until before it is valid", { validFrom: "2013-05-02", validUntil: "2013-05-02" }],
  ["of a status outside the contract", { status: "PENDING" }],
  ["without values", { values: null }],
  ["without a required field", { values: { class: "LARGER", deaths: 3 } }],
  ["with a field of the wrong type", { values: { ...accident.values, deaths: "3" } }],
  ["with a class that does not exist", { values: { ...accident.values, class: "SMALL" } }],
  ["with less than no deaths", { values: { ...accident.values, deaths: -1 } }],
  ["with a field that the catalogue does not hold", { values: { ...accident.values, blame: "none" } }],
  ["that happened after the day asked about", { occurredOn: "2013-09-02" }],
])("a fact %s makes its department unknown and nobody else", (_, changes) => {
  expect(lendsFact(changes)).toMatchObject({ status: "UNKNOWN" });
});

test("money is a decimal text with two places", () => {
  const taxLends = (amount: unknown) => {
    const arrears = { ...accident, type: "TaxArrears", values: { amount, since: "2013-01-01" } };
    return parseEvidence({ ...allClear, taxEvidence: { status: "ON_RECORD", creditCode, facts: [arrears] } })
      .TAX.status;
  };
  expect(taxLends("4000000.00")).toBe("KNOWN");
  for (const amount of [4000000, "4000000", "4,000,000.00", "1e6", "NaN", "0.100", "12345678901234567.00"])
    expect(taxLends(amount)).toBe("UNKNOWN");
});

test("no answer whatever makes the reading fail, and only exact ones are known", () => {
  fc.assert(
    fc.property(
      fc.array(fc.anything({ withNullPrototype: true }), { minLength: 5, maxLength: 5 }),
      (branches) => {
        const [safetyEvidence, transportEvidence, constructionEvidence, taxEvidence, financeEvidence] =
          branches;
        const evidence = parseEvidence({
          creditCode,
          asOf,
          safetyEvidence,
          transportEvidence,
          constructionEvidence,
          taxEvidence,
          financeEvidence,
        });
        for (const department of FACT_DEPARTMENTS) expect(evidence[department].status).toBe("UNKNOWN");
      },
    ),
  );
});

const asText = (branch: unknown) => lentText(JSON.stringify(branch), String);

test.each<[string, unknown]>([
  ["nothing", nothing],
  ["facts", { status: "ON_RECORD", creditCode, facts: [accident, certificate] }],
  ["another enterprise", { ...nothing, creditCode: "91330206FAKE000138" }],
  ["nothing and yet facts", { ...nothing, facts: [accident] }],
  ["a list", []],
  ["null", null],
])("what was lent as text means what it says: %s", (_name, branch) => {
  expect(safetyLends(asText(branch))).toEqual(safetyLends(branch));
});

test("that nothing is on record is seen without opening the text", () => {
  const closed = lentText(JSON.stringify({ creditCode, status: "NONE_ON_RECORD", facts: [] }), () => {
    throw new Error("opened");
  });
  expect(safetyLends(closed)).toEqual({ status: "KNOWN", facts: [] });
});

test("a text that is no JSON is not known, and an answer that looks like a text is none", () => {
  expect(safetyLends(lentText("{", String))).toMatchObject({ status: "UNKNOWN" });
  expect(safetyLends({ bytes: JSON.stringify(nothing), decode: String })).toMatchObject({
    status: "UNKNOWN",
  });
});
