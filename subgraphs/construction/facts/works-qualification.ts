import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A qualification of a construction enterprise.")
export class WorksQualification extends Fact {
  @Own("For which works.")
  readonly kind!: string;

  @Own("Its level.")
  readonly level!: string;

  @Own("The day on which it was revoked.")
  readonly revokedOn!: string | null;
}
