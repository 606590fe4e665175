import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A guarantee that the enterprise has lodged for a works contract.")
export class Guarantee extends Fact {
  @Own("What it secures.", { PERFORMANCE: "Performance of the contract.", WAGE: "Payment of wages." })
  readonly kind!: "PERFORMANCE" | "WAGE";

  @Own("The amount lodged.")
  readonly amount!: string;

  @Own("The section of works.")
  readonly section!: string | null;

  @Own("The day on which it was released.")
  readonly releasedOn!: string | null;
}
