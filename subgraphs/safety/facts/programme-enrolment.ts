import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The enterprise's enrolment in a programme of integrity building.")
export class ProgrammeEnrolment extends Fact {
  @Own("The scheme, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("The day on which it started.")
  readonly startedOn!: string;

  @Own("The track that it is on.", {
    CULTIVATE: "To be cultivated.",
    ASSIST: "To be assisted.",
    RECTIFY: "To be rectified.",
  })
  readonly track!: "CULTIVATE" | "ASSIST" | "RECTIFY" | null;
}
