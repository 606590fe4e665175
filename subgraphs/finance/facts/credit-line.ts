import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A line of credit granted to the enterprise.")
export class CreditLine extends Fact {
  @Own("Its limit.")
  readonly amount!: string;

  @Own("The lender.")
  readonly lender!: string;

  @Own("The day on which it was closed.")
  readonly closedOn!: string | null;
}
