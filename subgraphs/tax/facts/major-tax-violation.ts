import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A case of major violation of tax law that breaks trust, as published by the tax bureau.")
export class MajorTaxViolation extends Fact {
  @Own("The kind of violation, in the words of the notice.")
  readonly kind!: string;

  @Own("The tax evaded, fraudulently obtained or falsely invoiced.")
  readonly amount!: string | null;
}
