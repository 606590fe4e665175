import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("Social insurance contributions that were not paid when due.")
export class SocialInsuranceArrears extends Fact {
  @Own("The branch of social insurance.")
  readonly kind!: string;

  @Own("What is owed.")
  readonly amount!: string;

  @Own("The day on which it was paid in full.")
  readonly settledOn!: string | null;
}
