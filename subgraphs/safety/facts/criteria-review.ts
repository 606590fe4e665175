import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A review of a scheme's numbered criteria.")
export class CriteriaReview extends Fact {
  @Own("The scheme, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("The track whose criteria were reviewed.", {
    CULTIVATE: "To be cultivated.",
    ASSIST: "To be assisted.",
    RECTIFY: "To be rectified.",
  })
  readonly track!: "CULTIVATE" | "ASSIST" | "RECTIFY";

  @Own("The numbers of the criteria that are not met; empty when all are met.")
  readonly unmet!: readonly number[];

  @Own("Share of staff with the certificates required, per cent.")
  readonly certifiedStaffPercent!: number | null;
}
