import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A certificate that the enterprise has attained a level of work safety standardization.")
export class StandardizationCertificate extends Fact {
  @Own("The level: 1 is the highest, 3 the lowest.")
  readonly level!: number;

  @Own("The industry whose standard was applied.")
  readonly industry!: string | null;

  @Own("The day on which the certificate was withdrawn.")
  readonly withdrawnOn!: string | null;
}
