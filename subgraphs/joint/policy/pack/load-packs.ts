/** Reads the policy packs of a folder: `<scheme>/<version>/scheme.yaml` and the tables beside it; and finds them again. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { loadCalendar } from "../calendar/load-calendar";
import { PolicyError, type PolicyFault } from "../contract";
import type { Pack, PackRegistry, Subject } from "./pack";
import { publicationBreaches } from "./published";
import { readPack } from "./read-pack";

/**
 * Loads and compiles every pack below `folder`. Throws PolicyError with every fault of every pack, or for a
 * published version that is no longer what it was.
 */
export async function loadPacks(folder: string): Promise<PackRegistry> {
  const faults: PolicyFault[] = [];
  const packs: Pack[] = [];
  const calendar = loadCalendar();
  for (const place of await packFolders(folder)) {
    try {
      packs.push(await readPack(place, calendar));
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length === 0) faults.push(...publicationBreaches(folder, packs));
  if (faults.length > 0) throw new PolicyError(faults);
  return registerPacks(packs);
}

/** A registry of packs that have been read. */
export function registerPacks(packs: readonly Pack[]): PackRegistry {
  const versions = Map.groupBy([...packs].sort(bySuccession), ({ scheme }) => scheme.id);
  let chosenOn: { readonly day: string; readonly packs: readonly Pack[] } | undefined;
  // A corrected version also says anew for whom it is chosen; the version it corrects has no say any more.
  const candidates = (day: string) => {
    if (chosenOn?.day === day) return chosenOn.packs;
    const applied = [...versions.values()].flatMap((own) => versionOn(own, day) ?? []);
    const chosenFirst = applied
      .filter(({ file }) => file.chosenFor)
      .sort((a, b) => b.file.chosenFor!.rank - a.file.chosenFor!.rank);
    chosenOn = { day, packs: chosenFirst };
    return chosenFirst;
  };
  return {
    packs,
    find: (id, day) => versionOn(versions.get(id) ?? [], day),
    choose(subject, day) {
      const chosenFirst = candidates(day);
      const fitting = chosenFirst.find((pack) => isInForce(pack, day) && fits(pack, subject));
      const fallback = fitting ?? chosenFirst.find((pack) => pack.file.chosenFor!.otherwise);
      return fallback ?? (packs[0] && versionOn(versions.get(packs[0].scheme.id)!, day));
    },
  };
}

async function packFolders(folder: string): Promise<string[]> {
  const inside = async (place: string) =>
    (await readdir(place, { withFileTypes: true }))
      .filter((one) => one.isDirectory())
      .map((one) => join(place, one.name));
  const nested = await Promise.all((await inside(folder)).map(inside));
  return nested.flat().sort();
}

function isInForce({ scheme }: Pack, day: string): boolean {
  return scheme.effectiveFrom <= day && (scheme.effectiveUntil === null || day < scheme.effectiveUntil);
}

// Of two versions from the same day on, the later one corrects the earlier, which stays for the receipts that cite it.
function bySuccession({ scheme: one }: Pack, { scheme: other }: Pack): number {
  if (one.effectiveFrom !== other.effectiveFrom) return one.effectiveFrom < other.effectiveFrom ? -1 : 1;
  return one.version.localeCompare(other.version, "en", { numeric: true });
}

function versionOn(ordered: readonly Pack[], day: string): Pack | undefined {
  const begun = ordered.filter(({ scheme }) => scheme.effectiveFrom <= day);
  return begun.findLast((pack) => isInForce(pack, day)) ?? begun.at(-1) ?? ordered[0];
}

// Positions 3 to 8 of a credit code are the administrative division of the body that registered the enterprise (GB 32100).
function fits(pack: Pack, { creditCode, evidence }: Subject): boolean {
  const { divisions, districts, sectors } = pack.file.chosenFor!;
  const registration =
    evidence.SAFETY.status === "KNOWN"
      ? evidence.SAFETY.facts.findLast(({ type }) => type === "EnterpriseRegistration")
      : undefined;
  const { district, sector } = registration?.values ?? {};
  const inPlace =
    divisions.some((division) => creditCode.startsWith(division, 2)) || districts.includes(String(district));
  return inPlace && (sectors.length === 0 || sectors.includes(String(sector)));
}
