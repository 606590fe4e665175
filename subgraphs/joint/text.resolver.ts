/** Sentences in the language asked for. */
import { Arg, FieldResolver, Resolver, Root } from "type-graphql";
import type { Text } from "./assessment/assessment";
import { Decision, Receipt } from "./graph/decision";
import { type Language, LanguageEnum } from "./graph/enums";
import { RuleReference } from "./graph/reason";
import { Scheme } from "./graph/scheme";
import { ScreeningResult } from "./graph/screening";

const InLanguage = () =>
  Arg("language", () => LanguageEnum, {
    nullable: true,
    defaultValue: LanguageEnum.ZH,
    description: "The language.",
  });

function say({ zh, en }: Text, language: Language | null): string {
  return language === "EN" ? en : zh;
}

@Resolver(() => Decision)
export class DecisionTextResolver {
  @FieldResolver(() => String, {
    description: "The verdict in a sentence, generated from the rows that decided.",
  })
  sentence(@Root() decision: Decision, @InLanguage() language: Language | null): string {
    return say(decision.sentence, language);
  }
}

@Resolver(() => Receipt)
export class ReceiptTextResolver {
  @FieldResolver(() => String, { description: "The verdict in a sentence, as it was signed." })
  sentence(@Root() receipt: Receipt, @InLanguage() language: Language | null): string {
    return say(receipt.sentence, language);
  }
}

@Resolver(() => ScreeningResult)
export class ScreeningTextResolver {
  @FieldResolver(() => String, { description: "The verdict in a sentence, as it was signed." })
  sentence(@Root() result: ScreeningResult, @InLanguage() language: Language | null): string {
    return say(result.sentence, language);
  }
}

@Resolver(() => RuleReference)
export class RuleTextResolver {
  @FieldResolver(() => String, { description: "What the rule says." })
  text(@Root() rule: RuleReference, @InLanguage() language: Language | null): string {
    return say(rule.text, language);
  }
}

@Resolver(() => Scheme)
export class SchemeTextResolver {
  @FieldResolver(() => String, { description: "What the policy is called." })
  title(@Root() scheme: Scheme, @InLanguage() language: Language | null): string {
    return say(scheme.title, language);
  }
}
