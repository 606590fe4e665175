/** Which packs are there for an enterprise beside the one that is chosen: by day, by place and trade, by the lists they keep. */
import type { Pack, PackRegistry, Subject } from "./pack";

/** PLACE: made for the enterprise's place or trade; ANYWHERE: says of no place; ELSEWHERE: made for other places or trades. */
export type Reach = "PLACE" | "ANYWHERE" | "ELSEWHERE";

/** Of each scheme that is in force on a day its version, in the order of the packs. */
export function packsInForce(registry: PackRegistry, day: string): readonly Pack[] {
  const schemes = [...new Set(registry.packs.map(({ scheme }) => scheme.id))];
  return schemes.flatMap((id) => {
    const pack = registry.find(id, day);
    const isInForce =
      pack &&
      pack.scheme.effectiveFrom <= day &&
      (pack.scheme.effectiveUntil === null || day < pack.scheme.effectiveUntil);
    return isInForce ? [pack] : [];
  });
}

/** Whether a pack is made for the enterprise. Where the registration is not known, its district and trade fit nothing. */
export function reachOf({ file }: Pack, { creditCode, evidence }: Subject): Reach {
  if (!file.chosenFor) return "ANYWHERE";
  const { divisions, districts, sectors } = file.chosenFor;
  const facts = evidence.SAFETY.status === "KNOWN" ? evidence.SAFETY.facts : [];
  const { district, sector } = facts.findLast(({ type }) => type === "EnterpriseRegistration")?.values ?? {};
  const isEverywhere = divisions.length === 0 && districts.length === 0;
  const isPlace =
    divisions.some((division) => creditCode.startsWith(division, 2)) || districts.includes(String(district));
  const isTrade = sectors.length === 0 || sectors.includes(String(sector));
  return (isEverywhere || isPlace) && isTrade ? "PLACE" : "ELSEWHERE";
}

/**
 * The packs under which a procedure over a list is carried out: those in force that declare it and are not made for other
 * places; where only such declare it, they, since nobody else says how the list is kept. Empty: nobody declares it.
 */
export function packsOver(
  { procedure, list }: { readonly procedure: string; readonly list: string },
  subject: Subject,
  inForce: readonly Pack[],
): readonly Pack[] {
  const declaring = inForce.filter(({ file }) =>
    file.procedures.some(({ name, lists }) => name === procedure && lists.includes(list)),
  );
  const fitting = declaring.filter((pack) => reachOf(pack, subject) !== "ELSEWHERE");
  return fitting.length > 0 ? fitting : declaring;
}
