import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity(
  "A penalty that the department imposed by a written decision under the Administrative Penalty Law.",
)
export class AdministrativePenalty extends Fact {
  @Own("The kind of penalty: warning, fine, confiscation, suspension, revocation of a licence.")
  readonly kind!: string;

  @Own("What it was imposed for.")
  readonly cause!: string | null;

  @Own("The articles that it rests on.")
  readonly basis!: string | null;

  @Own("What was decided.")
  readonly content!: string | null;

  @Own("The fine, if there is one.")
  readonly fine!: string | null;

  @Own("How far it has been carried out.")
  readonly enforcement!: string | null;
}
