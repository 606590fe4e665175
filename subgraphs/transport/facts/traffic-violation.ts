import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A road traffic violation by a vehicle or driver of the enterprise.")
export class TrafficViolation extends Fact {
  @Own("What was violated.")
  readonly kind!: string;

  @Own("Penalty points.")
  readonly points!: number | null;

  @Own("People who died.")
  readonly deaths!: number | null;
}
