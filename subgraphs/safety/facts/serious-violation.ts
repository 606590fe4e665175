import { Fact } from "../../shared/fact";
import { FactEntity, Own } from "../../shared/fact-class";

@FactEntity("A serious violation of work safety law that is a ground for the list of the untrustworthy.")
export class SeriousViolation extends Fact {
  @Own("What was done.", {
    UNLICENSED_PRODUCTION: "Produced without the licence required.",
    MAJOR_HAZARD_IGNORED: "Left a major hazard in place.",
    OCCUPATIONAL_EXCESS_IGNORED: "Left exposure above the occupational limits in place.",
    EVADED_SUPERVISION: "Refused or evaded supervision.",
    STOPPAGE_ORDER_IGNORED: "Went on in spite of an order to stop.",
    ACCIDENT_CONCEALED: "Concealed, misreported or delayed the report of an accident.",
    UNACCEPTED_PROJECT_IN_USE: "Used a project whose safety facilities had not been accepted.",
    MINED_BEYOND_LICENCE: "Mined beyond the licensed layers or boundaries.",
    SCENE_DESTROYED: "Destroyed the scene or evidence of an accident.",
    ORDERED_FROM_ABOVE: "Named in an order of a higher authority.",
    APPLICATION_FRAUD: "Cheated in an application.",
    MAIN_RESPONSIBILITY_UNFULFILLED: "Did not fulfil its main responsibility for safety.",
  })
  readonly kind!:
    | "UNLICENSED_PRODUCTION"
    | "MAJOR_HAZARD_IGNORED"
    | "OCCUPATIONAL_EXCESS_IGNORED"
    | "EVADED_SUPERVISION"
    | "STOPPAGE_ORDER_IGNORED"
    | "ACCIDENT_CONCEALED"
    | "UNACCEPTED_PROJECT_IN_USE"
    | "MINED_BEYOND_LICENCE"
    | "SCENE_DESTROYED"
    | "ORDERED_FROM_ABOVE"
    | "APPLICATION_FRAUD"
    | "MAIN_RESPONSIBILITY_UNFULFILLED";
}
