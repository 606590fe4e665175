import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("Points taken off for a time, under a scheme with a running score.")
export class DynamicPoints extends Fact {
  @Own("What they were taken off for.", {
    VIOLATION: "A violation.",
    COMMITMENT: "A commitment that was not kept.",
    ACCIDENT: "An accident.",
  })
  readonly kind!: "VIOLATION" | "COMMITMENT" | "ACCIDENT";

  @Own("Points; never more than 0.")
  readonly points!: number;
}
