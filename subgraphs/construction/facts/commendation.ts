import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A commendation or award of an authority.")
export class Commendation extends Fact {
  @Own("The title of the award.")
  readonly title!: string;

  @Own("Whose award it is: the state's, the province's, the city's.")
  readonly level!: string | null;
}
