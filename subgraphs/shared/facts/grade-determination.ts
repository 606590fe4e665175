import { Fact } from "../fact";
import { FactEntity, Own } from "../fact-class";

@FactEntity("A credit grade that a department determined under a scheme.")
export class GradeDetermination extends Fact {
  @Own("The scheme under which it was determined, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("The grade, as the scheme prints it.")
  readonly grade!: string;

  @Own("The points that it rests on.")
  readonly score!: number | null;

  @Own("The year that was assessed.")
  readonly year!: number | null;

  @Own("What led to it.", {
    ACCIDENT: "An accident.",
    VIOLATION: "A violation.",
    COMMITMENT: "A commitment that was not kept.",
    OTHER: "Something else.",
  })
  readonly cause!: "ACCIDENT" | "VIOLATION" | "COMMITMENT" | "OTHER" | null;
}
