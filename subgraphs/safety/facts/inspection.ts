import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("An inspection by the safety authority, and how it ended.")
export class Inspection extends Fact {
  @Own("How it ended.", { PASSED: "Nothing to object to.", FAILED: "There were objections." })
  readonly result!: "PASSED" | "FAILED";

  @Own("What kind of inspection it was.", {
    ROUTINE: "Planned.",
    SAMPLED_VERIFICATION: "A sample of what enterprises declared.",
    LOOK_BACK: "A second look at an enterprise that had attained the standard.",
  })
  readonly kind!: "ROUTINE" | "SAMPLED_VERIFICATION" | "LOOK_BACK" | null;

  @Own("What was found.")
  readonly finding!: string | null;
}
