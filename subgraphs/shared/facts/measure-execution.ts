import { Fact } from "../fact";
import { FactEntity, Own } from "../fact-class";

@FactEntity(
  "What a department did to carry out a measure that a policy brings: the feedback to the joint conference.",
)
export class MeasureExecution extends Fact {
  @Own("The scheme that brings the measure, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("The measure, by its code in the catalogue of the policy pack.")
  readonly measure!: string;

  @Own("The list whose entry brings it; empty where no list does.")
  readonly list!: string | null;

  @Own("The day on which it was carried out, or on which the department says how it stands.")
  readonly executedOn!: string;

  @Own("How it stands; a measure without it was carried out.", {
    CARRIED_OUT: "It was carried out.",
    IN_PROGRESS: "It has been begun.",
    NOT_CARRIED_OUT: "It was not carried out; the note says why.",
  })
  readonly outcome!: "CARRIED_OUT" | "IN_PROGRESS" | "NOT_CARRIED_OUT" | null;

  @Own("What was done, or why nothing was.")
  readonly note!: string | null;
}
