import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The enterprise's own yearly report on its integrity in work safety.")
export class HonestyReport extends Fact {
  @Own("The year that it covers.")
  readonly year!: number;

  @Own("The day on which it was handed in.")
  readonly reportedOn!: string | null;
}
