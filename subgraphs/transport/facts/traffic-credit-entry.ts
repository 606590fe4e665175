import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("An entry of the enterprise's traffic credit account.")
export class TrafficCreditEntry extends Fact {
  @Own("Points: plus accrues, minus loses.")
  readonly points!: number;

  @Own("What for.")
  readonly reason!: string | null;
}
