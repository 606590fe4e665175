import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A review of shares, bonds or refinancing.")
export class SecuritiesReview extends Fact {
  @Own("What was reviewed.")
  readonly kind!: string;

  @Own("The day of the review.")
  readonly on!: string;

  @Own("How it ended.")
  readonly result!: string | null;
}
