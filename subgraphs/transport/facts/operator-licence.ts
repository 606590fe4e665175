import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A road transport operator's licence.")
export class OperatorLicence extends Fact {
  @Own("What it allows.")
  readonly kind!: string;

  @Own("The day on which it was revoked.")
  readonly revokedOn!: string | null;
}
