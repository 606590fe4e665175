import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("The public commitment of the enterprise to work safety, and whether it was kept.")
export class SafetyCommitment extends Fact {
  @Own("The day on which it was signed.")
  readonly signedOn!: string | null;

  @Own("The day on which it was published.")
  readonly publishedOn!: string | null;

  @Own("The day on which it was broken.")
  readonly breachedOn!: string | null;

  @Own("How it was broken.")
  readonly breach!: string | null;
}
