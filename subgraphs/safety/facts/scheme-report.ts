import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity(
  "A report that was handed in under a scheme: by the body whose credit code it bears, or about it.",
)
export class SchemeReport extends Fact {
  @Own("The scheme, by the id of its policy pack.")
  readonly scheme!: string;

  @Own("Which report, by its kind in the policy pack: PROGRESS_REPORT, YEAR_REPORT and so on.")
  readonly kind!: string;

  @Own("The year that it is about.")
  readonly year!: number;

  @Own("The half-year that it is about, if it is about one.")
  readonly half!: number | null;

  @Own("The day on which it was handed in.")
  readonly submittedOn!: string;

  @Own("What was noted.")
  readonly note!: string | null;
}
