import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A licence that work safety law requires.")
export class SafetyLicence extends Fact {
  @Own("What it allows.")
  readonly kind!: string;

  @Own("The day on which it was revoked.")
  readonly revokedOn!: string | null;
}
