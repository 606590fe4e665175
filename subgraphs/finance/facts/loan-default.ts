import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A loan that was not served as agreed.")
export class LoanDefault extends Fact {
  @Own("The amount past due.")
  readonly amount!: string;

  @Own("Days past due when reported.")
  readonly daysPastDue!: number;

  @Own("The day on which it was settled.")
  readonly settledOn!: string | null;
}
