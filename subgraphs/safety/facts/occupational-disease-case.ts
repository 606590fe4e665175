import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("An occupational disease diagnosed in an employee; nothing about the person is kept.")
export class OccupationalDiseaseCase extends Fact {
  @Own("The day of the diagnosis.")
  readonly diagnosedOn!: string;
}
