/** Sentences and review days of decisions, over every case of the repository. */
import { plusDays } from "../../../../subgraphs/joint/policy/calendar/dates";
import { assess } from "../../../../subgraphs/joint/assessment/assess";
import { PURPOSES, type Decision } from "../../../../subgraphs/joint/assessment/assessment";
import { decide } from "../../../../subgraphs/joint/assessment/decide";
import { DEPARTMENT_WORDS } from "../../../../subgraphs/joint/assessment/words";
import { FACT_DEPARTMENTS, type FactDepartment } from "../../../../schema/fact-catalogue";
import { assessSilenced, judgedCases, type JudgedCase } from "./judged-cases";

const SILENT: readonly (readonly FactDepartment[])[] = [[], ["TAX"], ["SAFETY", "TRANSPORT"]];

let decisions: readonly { readonly one: JudgedCase; readonly decision: Decision }[];
beforeAll(async () => {
  decisions = (await judgedCases()).flatMap((one, at) => {
    const assessment = assessSilenced(one, SILENT[at % SILENT.length]!);
    return PURPOSES.map((purpose) => ({ one, decision: decide(one.pack, assessment, purpose) }));
  });
}, 120_000);

// The words of a row belong to the signed table; only what is said around them is put together here.
function saidAround({ sentence, reasons }: Decision): string {
  return reasons.reduce(
    (text, { rule }) => text.replaceAll(rule.text.zh.replace(/。$/, ""), ""),
    sentence.zh,
  );
}

test("every department in a sentence recorded a fact of a deciding row, or is silent", () => {
  for (const { one, decision } of decisions) {
    const named = FACT_DEPARTMENTS.filter((department) =>
      saidAround(decision).includes(DEPARTMENT_WORDS[department].zh),
    );
    const deciding = decision.reasons.filter(({ counted, measure }) => counted && measure !== null);
    const entitled = [
      ...deciding.map(({ fact }) => fact?.department),
      ...decision.missing.map(({ department }) => department),
    ];
    expect([one.id, ...named.filter((department) => !entitled.includes(department))]).toEqual([one.id]);
  }
});

test("every day in a sentence is a deciding fact's or the day of review", () => {
  for (const { one, decision } of decisions) {
    const days = decision.sentence.en.match(/\d{4}-\d\d-\d\d/g) ?? [];
    const known = [decision.reviewOn, ...decision.reasons.map(({ fact }) => fact?.occurredOn)];
    expect([one.id, ...days.filter((day) => !known.includes(day))]).toEqual([one.id]);
  }
});

test("an undetermined decision names the silent departments and nobody else", () => {
  const open = decisions.filter(({ decision }) => decision.outcome === "UNDETERMINED");
  expect(open.length).toBeGreaterThan(0);
  for (const { decision } of open) {
    expect(decision.sentence.zh).toContain("暂不能下结论");
    for (const { department } of decision.missing) {
      expect(decision.sentence.zh).toContain(DEPARTMENT_WORDS[department].zh);
    }
  }
});

test("the outcome is the same up to the day of review, and another on it", () => {
  const dated = decisions.filter(
    ({ decision }) => decision.reviewOn !== null && decision.missing.length === 0,
  );
  expect(dated.length).toBeGreaterThan(0);
  for (const { one, decision } of dated) {
    const outcomeOn = (day: string) =>
      assess(one.pack, one.evidence, { asOf: day, knownAt: null }).outcomes[decision.purpose];
    expect([one.id, outcomeOn(plusDays(decision.reviewOn!, -1))]).toEqual([one.id, decision.outcome]);
    expect([one.id, outcomeOn(decision.reviewOn!)]).not.toEqual([one.id, decision.outcome]);
  }
});

test("the order in which facts are told changes nothing", () => {
  for (const { one, decision } of decisions.filter(({ decision: { missing } }) => missing.length === 0)) {
    const turned = Object.entries(one.evidence).map(([department, told]) => [
      department,
      told.status === "KNOWN" ? { ...told, facts: [...told.facts].reverse() } : told,
    ]);
    const again = assess(one.pack, Object.fromEntries(turned) as JudgedCase["evidence"], {
      asOf: one.asOf,
      knownAt: null,
    });
    expect([one.id, again.outcomes[decision.purpose]]).toEqual([one.id, decision.outcome]);
  }
});
