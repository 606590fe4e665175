import { Fact } from "../fact";
import { FactEntity, Own } from "../fact-class";

@FactEntity("One act on the way into a list, out of it, or to a title.")
export class ProcedureStep extends Fact {
  @Own("Which way it belongs to.", {
    LISTING: "Being put on a list of the untrustworthy.",
    REMOVAL: "Being taken off it.",
    OBJECTION: "Objecting to an entry.",
    INCENTIVE: "Being put on a list of the trustworthy.",
    RENEWAL: "Staying on it for another term.",
    TITLE: "Being awarded a title.",
  })
  readonly procedure!: "LISTING" | "REMOVAL" | "OBJECTION" | "INCENTIVE" | "RENEWAL" | "TITLE";

  @Own("The list or title, by its name in the catalogue of lists.")
  readonly list!: string;

  @Own("The act: COLLECTED, NOTICE_SERVED, DEFENCE_HEARD, CONFIRMED, PUBLISHED and so on.")
  readonly step!: string;

  @Own("The day of the act.")
  readonly on!: string;

  @Own("Who acted.")
  readonly by!: string | null;

  @Own("What was noted.")
  readonly note!: string | null;

  @Own("How it ended: UPHELD, REJECTED, NONE, PASSED, FAILED.")
  readonly outcome!: string | null;
}
