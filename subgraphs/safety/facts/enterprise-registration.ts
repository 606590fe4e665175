import { Column, Index } from "typeorm";
import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@Index("enterprise_registration_name_folded", { synchronize: false })
@Index("enterprise_registration_tally", { synchronize: false })
@Index("enterprise_registration_name_sounds", { synchronize: false })
@Index("enterprise_registration_name_pairs", { synchronize: false })
@Index("enterprise_registration_code_reversed", { synchronize: false })
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

  /** The name as searches compare it (`search/name-columns.ts`); not shown. */
  @Column({ name: "name_folded", type: "text", collation: "C" })
  readonly nameFolded!: string;

  /** Its pinyin and initials, one reading a line; not shown. */
  @Column({ name: "name_sounds", type: "text" })
  readonly nameSounds!: string;

  /** Its pairs of neighbouring characters, and those of its initials; not shown. */
  @Column({ name: "name_pairs", type: "text", array: true })
  readonly namePairs!: readonly string[];
}
