import { Fact } from "../fact";
import { FactEntity, Own } from "../fact-class";

@FactEntity("An entry of a list (a blacklist, a list of the trustworthy) that a department published.")
export class ListEntry extends Fact {
  @Own("The list, by its name in the catalogue of lists.")
  readonly list!: string;

  @Own("Whose list it is.", {
    PROVINCE: "The province's.",
    CITY: "The city's.",
    COUNTY: "The county's or district's.",
  })
  readonly level!: "PROVINCE" | "CITY" | "COUNTY";

  @Own("The day on which the entry was published; from then on it stands.")
  readonly publishedOn!: string;

  @Own("The day on which the entry was taken off.")
  readonly endedOn!: string | null;

  @Own("The ground, in the words of the decision.")
  readonly ground!: string | null;

  @Own("The body that provided the entry and answers for it.")
  readonly provider!: string | null;
}
