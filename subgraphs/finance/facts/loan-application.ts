import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("An application for a loan.")
export class LoanApplication extends Fact {
  @Own("The amount applied for.")
  readonly amount!: string;

  @Own("The day of the application.")
  readonly on!: string;

  @Own("The lender.")
  readonly lender!: string | null;

  @Own("The day on which the lender decided.")
  readonly decidedOn!: string | null;

  @Own("What the lender decided.")
  readonly decision!: string | null;
}
