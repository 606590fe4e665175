import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The vehicles that the enterprise operates.")
export class FleetProfile extends Fact {
  @Own("Vehicles in operation.")
  readonly vehicles!: number;

  @Own("Those among them that carry hazardous goods.")
  readonly hazardousGoodsVehicles!: number | null;
}
