import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The taxpayer credit grade that the tax bureau determined for a year.")
export class TaxpayerCreditGrade extends Fact {
  @Own("The year that was assessed.")
  readonly year!: number;

  @Own("The grade.", {
    A: "90 points and more.",
    B: "70 to 89 points.",
    M: "New, or without income from production and business in the year, and 70 points or more.",
    C: "40 to 69 points.",
    D: "Below 40 points, or determined directly for a serious breach of trust.",
  })
  readonly grade!: "A" | "B" | "M" | "C" | "D";
}
