import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A hidden danger found at the enterprise, and what became of it.")
export class Hazard extends Fact {
  @Own("Whether it is a major hazard.")
  readonly major!: boolean;

  @Own("The day on which it was found.")
  readonly foundOn!: string;

  @Own("The day by which it must be rectified.")
  readonly deadline!: string | null;

  @Own("The day on which it was rectified and accepted.")
  readonly rectifiedOn!: string | null;

  @Own("Who is responsible for rectifying it.")
  readonly responsible!: string | null;

  @Own("The measures taken.")
  readonly measures!: string | null;

  @Own("The money set aside for it.")
  readonly funds!: string | null;

  @Own("What is prepared for the time until then.")
  readonly contingency!: string | null;
}
