import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A review of how far the enterprise meets the standardization criteria.")
export class AttainmentReview extends Fact {
  @Own("Points out of 100.")
  readonly score!: number;

  @Own("Who reviewed.", { SELF: "The enterprise itself.", REVIEW: "A reviewing body." })
  readonly kind!: "SELF" | "REVIEW" | null;

  @Own("Whether it held a certificate before.")
  readonly hadEarlierCertificate!: boolean | null;
}
