import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("Tax that was not paid within the period that the law or the tax bureau set.")
export class TaxArrears extends Fact {
  @Own("What is owed, without late payment surcharges.")
  readonly amount!: string;

  @Own("The first day of the arrears.")
  readonly since!: string;

  @Own("The day on which it was paid in full.")
  readonly clearedOn!: string | null;
}
