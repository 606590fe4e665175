import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The graded assessment of a unit that maintains lifts or hoists.")
export class MaintenanceAssessment extends Fact {
  @Own("What it maintains.", { LIFT: "Lifts.", HOIST: "Hoists." })
  readonly kind!: "LIFT" | "HOIST";

  @Own("The grade, as the scheme prints it.")
  readonly grade!: string;

  @Own("How far objections were remedied.", {
    NONE: "Not at all.",
    SUFFICIENT: "Sufficiently.",
    INSUFFICIENT: "Not sufficiently.",
  })
  readonly rectification!: "NONE" | "SUFFICIENT" | "INSUFFICIENT" | null;
}
