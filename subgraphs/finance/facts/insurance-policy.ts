import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("An insurance policy, with the rates that experience rating moves between.")
export class InsurancePolicy extends Fact {
  @Own("The kind of insurance.", {
    WORK_INJURY: "Statutory work injury insurance.",
    SAFETY_LIABILITY: "Work safety liability insurance.",
  })
  readonly kind!: "WORK_INJURY" | "SAFETY_LIABILITY";

  @Own("The base rate of the industry, per cent.")
  readonly industryRate!: string;

  @Own("The rate paid now, per cent.")
  readonly currentRate!: string | null;

  @Own("The lowest rate that the industry allows, per cent.")
  readonly floorRate!: string | null;
}
