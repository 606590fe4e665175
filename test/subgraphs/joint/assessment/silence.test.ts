/** What silence may do to a judgement: take certainty away, and nothing else. Tried on every case with each department silent, two of them, all. */
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { PURPOSES, type Assessment } from "../../../../subgraphs/joint/assessment/assessment";
import { assessSilenced, judgedCases } from "./judged-cases";

const silences: readonly (readonly FactDepartment[])[] = [
  ...FACT_DEPARTMENTS.map((department) => [department]),
  ["SAFETY", "TAX"],
  ["TRANSPORT", "CONSTRUCTION"],
  FACT_DEPARTMENTS,
];

interface Silenced {
  readonly name: string;
  readonly full: Assessment;
  readonly found: Assessment;
  readonly silent: readonly FactDepartment[];
}

let silenced: readonly Silenced[];
beforeAll(async () => {
  silenced = (await judgedCases()).flatMap((one) => {
    const full = assessSilenced(one, []);
    return silences.map((silent) => ({
      name: `${one.id} without ${silent.join(" and ")}`,
      full,
      found: assessSilenced(one, silent),
      silent,
    }));
  });
}, 120_000);

const codes = (assessment: Assessment) => assessment.measures.map(({ code }) => code).sort();
const names = (listings: Assessment["lists"]) => listings.map(({ list }) => list).sort();

test("an outcome under silence is the outcome, or undetermined", () => {
  const wrong = silenced.flatMap(({ name, full, found }) =>
    PURPOSES.filter(
      (purpose) => ![full.outcomes[purpose], "UNDETERMINED"].includes(found.outcomes[purpose]),
    ).map((purpose) => `${name}: ${purpose} ${found.outcomes[purpose]}`),
  );
  expect(wrong).toEqual([]);
});

test("what is shown under silence is shown when all answer", () => {
  const wrong = silenced.filter(
    ({ full, found }) =>
      codes(found).some((code) => !codes(full).includes(code)) ||
      names(found.lists).some((list) => !names(full.lists).includes(list)) ||
      names(found.proposedLists).some((list) => !names(full.proposedLists).includes(list)) ||
      (["grade", "score", "title"] as const).some((key) => found[key] !== null && found[key] !== full[key]),
  );
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("an assessment that silence has not left undetermined is the whole assessment", () => {
  const pick = (one: Assessment) => [
    one.grade,
    one.score,
    one.title,
    codes(one),
    names(one.lists),
    names(one.proposedLists),
  ];
  for (const { name, full, found } of silenced) {
    if (!found.undetermined) expect([name, ...pick(found)]).toEqual([name, ...pick(full)]);
  }
});

test("every silent department is named, and one of them could change each undetermined purpose", () => {
  for (const { name, found, silent } of silenced) {
    expect([name, ...found.missing.map(({ department }) => department)]).toEqual([name, ...silent]);
    const open = PURPOSES.filter((purpose) => found.outcomes[purpose] === "UNDETERMINED");
    const named = new Set(found.missing.flatMap(({ couldChange }) => couldChange));
    expect([name, ...open.filter((purpose) => !named.has(purpose))]).toEqual([name]);
  }
});
