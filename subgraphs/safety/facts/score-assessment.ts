import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A score that the enterprise was given under a scheme.")
export class ScoreAssessment extends Fact {
  @Own("The scheme, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("Points out of 100.")
  readonly score!: number;

  @Own("The year that was assessed.")
  readonly year!: number;

  @Own("The half of the year; null for the whole.")
  readonly half!: number | null;
}
