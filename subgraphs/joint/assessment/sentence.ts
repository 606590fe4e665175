/**
 * The one sentence a reader needs: verdict, because of whom and what, from when it can change. Put together from the rows
 * that decided and from nothing else: every department in it recorded a fact that a deciding row rests on or is silent,
 * every day in it is a fact's own or was computed.
 */
import type { Department, FactReference, MissingSource, Outcome, Purpose, Reason, Text } from "./assessment";
import { DEPARTMENT_WORDS, factWord, OUTCOME_WORDS, PURPOSE_WORDS } from "./words";

/** What a sentence is made from. `reasons` are those of the measures that bring the outcome. */
export interface SentenceParts {
  readonly purpose: Purpose;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly missing: readonly MissingSource[];
  readonly reviewOn: string | null;
}

type Language = keyof Text;

/** The sentence in both languages. */
export function sentenceOf(parts: SentenceParts): Text {
  return { zh: chinese(parts), en: english(parts) };
}

function chinese({ purpose, outcome, reasons, missing, reviewOn }: SentenceParts): string {
  const head = `${PURPOSE_WORDS[purpose].zh}：${OUTCOME_WORDS[outcome].zh}`;
  const silent = names(missing, "zh", "、");
  if (outcome === "UNDETERMINED") return `${head}（${silent}未应答）。`;
  const because = causes(reasons, "zh").map(({ who, rule }) => (who === "" ? rule : `${who}，${rule}`));
  const parts = [because.length > 0 ? `${head}，因为${because.join("；")}` : `${head}，没有影响此事项的措施`];
  if (reviewOn !== null)
    parts.push(isAdverse(outcome) ? `最早 ${reviewOn} 可复评` : `自 ${reviewOn} 起可能变化`);
  if (silent !== "") parts.push(`${silent}未应答，不影响本结论`);
  return `${parts.join("；")}。`;
}

function english({ purpose, outcome, reasons, missing, reviewOn }: SentenceParts): string {
  const head = `${PURPOSE_WORDS[purpose].en}: ${OUTCOME_WORDS[outcome].en}`;
  const silent = names(missing, "en", ", ");
  if (outcome === "UNDETERMINED") return `${head} (did not answer: ${silent}).`;
  const because = causes(reasons, "en").map(({ who, rule }) => (who === "" ? rule : `${who}: ${rule}`));
  const parts = [
    because.length > 0 ? `${head}, because of ${because.join("; ")}` : `${head}, no measure bears on it`,
  ];
  if (reviewOn !== null)
    parts.push(isAdverse(outcome) ? `reviewed on ${reviewOn} at the earliest` : `may change on ${reviewOn}`);
  if (silent !== "") parts.push(`did not answer, without bearing on this conclusion: ${silent}`);
  return `${parts.join("; ")}.`;
}

function isAdverse(outcome: Outcome): boolean {
  return outcome === "BARRED" || outcome === "RESTRICTED";
}

function names(missing: readonly MissingSource[], language: Language, separator: string): string {
  return missing.map(({ department }) => DEPARTMENT_WORDS[department][language]).join(separator);
}

// One cause for the same facts: who recorded what, then what the rows say. Standing facts without a day, such as the
// registration, only say which row applies; they are left out where a dated fact is there.
function causes(
  reasons: readonly Reason[],
  language: Language,
): { readonly who: string; readonly rule: string }[] {
  const byRow = Map.groupBy(reasons, ({ rule }) => `${rule.table} ${rule.row}`);
  const rules = new Map<string, string[]>();
  for (const alike of byRow.values()) {
    const facts = alike.flatMap(({ fact }) => fact ?? []);
    const dated = facts.filter(({ occurredOn }) => occurredOn !== null);
    const who = tellFacts(dated.length > 0 ? dated : facts, language);
    const rule = strip(alike[0]!.rule.text[language]);
    rules.set(who, [...(rules.get(who) ?? []), rule]);
  }
  return [...rules].map(([who, said]) => ({ who, rule: said.join(language === "zh" ? "；" : "; ") }));
}

function tellFacts(facts: readonly FactReference[], language: Language): string {
  const byDepartment = Map.groupBy(facts, ({ department }) => department);
  const told = [...byDepartment].map(([department, own]) => tellDepartment(department, own, language));
  return told.join(language === "zh" ? "、" : ", ");
}

function tellDepartment(department: Department, facts: readonly FactReference[], language: Language): string {
  const who = DEPARTMENT_WORDS[department][language];
  const dated = (fact: FactReference) => {
    const word = factWord(fact.type)[language];
    if (fact.occurredOn === null) return word;
    return language === "zh" ? `${word}（${fact.occurredOn}）` : `${word} (${fact.occurredOn})`;
  };
  const kinds = [...new Set(facts.map(dated))];
  const told =
    kinds.length <= 3
      ? kinds
      : [...kinds.slice(0, 2), language === "zh" ? `等${kinds.length}项` : `and ${kinds.length - 2} more`];
  return language === "zh" ? `${who}记录的${told.join("、")}` : `${told.join(", ")} recorded by ${who}`;
}

function strip(sentence: string): string {
  return sentence.replace(/[。.]\s*$/, "");
}
