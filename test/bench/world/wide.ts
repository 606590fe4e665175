/**
 * The supergraph of a province: the city's six subgraphs and 194 bureaus more. 24 of them know the same enterprises; the
 * rest have records of their own. The planner's start costs the square of how many subgraphs share one entity: about
 * 15 s if all 200 did.
 */
import { FEDERATION_LINK } from "./city";

const BUREAUS = 194;
const SHARING_ENTERPRISE = 24;
const TYPES_OF_EACH = 25;

function bureauSdl(number: number): string {
  const types = Array.from(
    { length: TYPES_OF_EACH - 1 },
    (_, index) =>
      `type Bureau${number}Fact${index} { id: ID! title: String! issuedOn: String amount: String count: Int }`,
  );
  const lists = types.map((_, index) => `facts${index}: [Bureau${number}Fact${index}!]!`);
  const record = `Bureau${number}Record`;
  const entry =
    number < SHARING_ENTERPRISE
      ? `type Enterprise @key(fields: "creditCode asOf knownAt") {
          creditCode: CreditCode! asOf: LocalDate! knownAt: DateTime bureau${number}: ${record} }`
      : `type Query { bureau${number}(creditCode: CreditCode!, asOf: LocalDate, knownAt: DateTime): ${record} }`;
  return `${FEDERATION_LINK} scalar CreditCode scalar LocalDate scalar DateTime
    ${types.join("\n")}
    type ${record} { ${lists.join(" ")} }
    ${entry}`;
}

/** Names and SDL of the bureaus; nothing answers for them. */
export const bureaus = (): readonly { readonly name: string; readonly sdl: string }[] =>
  Array.from({ length: BUREAUS }, (_, number) => ({ name: `bureau${number}`, sdl: bureauSdl(number) }));
