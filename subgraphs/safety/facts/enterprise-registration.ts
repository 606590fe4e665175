import { Column, Index } from "typeorm";
import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@Index("enterprise_registration_name_search", { synchronize: false })
@Index("enterprise_registration_name_grams", { synchronize: false })
@Index("enterprise_registration_name_prefix", { synchronize: false })
@FactEntity(
  "Who the enterprise is: the main entries of its registration, as the safety authority keeps them.",
)
export class EnterpriseRegistration extends Fact {
  @Own("Its registered name.")
  readonly name!: string;

  @Own("Its registered address.")
  readonly address!: string | null;

  @Own("Its legal representative.")
  readonly legalRepresentative!: string | null;

  @Own("Its industry, as the schemes name it: CHEMICAL, MACHINERY, HAZARDOUS_CHEMICALS and so on.")
  readonly industry!: string | null;

  @Own("Which authority supervises it: INDUSTRY, CONSTRUCTION, ROAD_TRANSPORT, LIFT_MAINTENANCE.")
  readonly sector!: string | null;

  @Own("The district or park in which it lies.")
  readonly district!: string | null;

  @Own("Whether it is on the list of key supervised enterprises.")
  readonly keyRegulated!: boolean | null;

  @Own("Whether its yearly turnover is above the size from which statistics count it.")
  readonly aboveDesignatedSize!: boolean | null;

  @Own("The business registration number of the time before credit codes.")
  readonly registrationNumber!: string | null;

  @Own("The capital registered.")
  readonly registeredCapital!: string | null;

  @Own("The capital paid in.")
  readonly paidInCapital!: string | null;

  @Own("The day on which it was founded.")
  readonly establishedOn!: string | null;

  @Own("How long it may operate, as registered.")
  readonly operatingTerm!: string | null;

  @Own("Its legal form.")
  readonly enterpriseType!: string | null;

  @Own("What it may do, as registered.")
  readonly businessScope!: string | null;

  /** What the name is found by (`search/name-columns.ts`); not shown. */
  @Column({ name: "name_search", type: "text" })
  readonly nameSearch!: string;

  /** Pairs of neighbouring characters, for terms of two characters; not shown. */
  @Column({ name: "name_grams", type: "text", array: true })
  readonly nameGrams!: readonly string[];
}
