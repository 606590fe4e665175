import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A rebate of tax for a period, granted or applied for.")
export class TaxRebate extends Fact {
  @Own("The period that it is for, as the bureau writes it: a year, a quarter or a month.")
  readonly period!: string;

  @Own("The amount of the rebate.")
  readonly amount!: string;

  @Own("The day on which it was paid out.")
  readonly paidOn!: string | null;
}
