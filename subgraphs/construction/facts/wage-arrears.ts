import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("Wages that the enterprise owed to workers.")
export class WageArrears extends Fact {
  @Own("What is owed.")
  readonly amount!: string;

  @Own("The first day of the arrears.")
  readonly from!: string;

  @Own("The day on which it was paid in full.")
  readonly settledOn!: string | null;

  @Own("Workers concerned; no names are kept.")
  readonly workers!: number | null;
}
