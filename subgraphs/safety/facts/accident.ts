import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A work safety accident, as the investigation found it.")
export class Accident extends Fact {
  @Own("Its class by deaths, injuries and loss (State Council Decree 493, article 3).", {
    ORDINARY: "Ordinary (\u4e00\u822c).",
    LARGER: "Larger (\u8f83\u5927).",
    GRAVE: "Grave (\u91cd\u5927).",
    EXTRAORDINARILY_GRAVE: "Extraordinarily grave (\u7279\u522b\u91cd\u5927).",
  })
  readonly class!: "ORDINARY" | "LARGER" | "GRAVE" | "EXTRAORDINARILY_GRAVE";

  @Own("People who died.")
  readonly deaths!: number;

  @Own("People who were seriously injured.")
  readonly seriousInjuries!: number | null;

  @Own("Whether the enterprise was found responsible.")
  readonly liability!: boolean;

  @Own("Whether its circumstances were particularly bad.")
  readonly vile!: boolean | null;
}
