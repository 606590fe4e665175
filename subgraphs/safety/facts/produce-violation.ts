import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity(
  "A violation of produce quality and safety law, reported by the agriculture authority through the safety authority.",
)
export class ProduceViolation extends Fact {
  @Own("What it was.", { VIOLATION: "A violation.", QUALITY_ACCIDENT: "An accident of produce quality." })
  readonly kind!: "VIOLATION" | "QUALITY_ACCIDENT";
}
