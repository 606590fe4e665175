/**
 * What has been published stays as it was: `published.yaml` beside the packs keeps the SHA-256 of every published version, and a
 * pack that no longer has it is refused. A change is a new version.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { PolicyError, type PolicyFault } from "../contract";
import type { Pack } from "./pack";

const FILE = "published.yaml";
const published = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256"));

type Published = Readonly<Record<string, string>>;

const placeOf = ({ scheme }: Pack): string => `${scheme.id}/${scheme.version}`;

function readPublished(policies: string): Published {
  const file = join(policies, FILE);
  if (!existsSync(file)) return {};
  const parsed = published.safeParse(parse(readFileSync(file, "utf8")) ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => ({
    file: FILE,
    message: `${path.join(".")} ${message}`,
  }));
  throw new PolicyError(faults);
}

/** The published versions below a folder that were changed or removed; none where nothing has been published. */
export function publicationBreaches(policies: string, packs: readonly Pack[]): readonly PolicyFault[] {
  const hashes = new Map(packs.map((pack) => [placeOf(pack), pack.scheme.sha256]));
  return Object.entries(readPublished(policies)).flatMap(([place, sha256]) => {
    if (hashes.get(place) === sha256) return [];
    const what = hashes.has(place) ? "was changed" : "is gone";
    return [
      {
        file: place,
        message: `this published version ${what}; restore it, and make a change as a new version`,
      },
    ];
  });
}

/** Publishes packs: from now on they are held to what they are. Throws PolicyError for one that was published otherwise. */
export function publish(policies: string, packs: readonly Pack[]): void {
  const before = readPublished(policies);
  const faults = packs
    .filter((pack) => ![undefined, pack.scheme.sha256].includes(before[placeOf(pack)]))
    .map((pack) => ({
      file: placeOf(pack),
      message: "another text of this version is published; make a new version",
    }));
  if (faults.length > 0) throw new PolicyError(faults);
  const after = {
    ...before,
    ...Object.fromEntries(packs.map((pack) => [placeOf(pack), pack.scheme.sha256])),
  };
  const ordered = Object.fromEntries(Object.entries(after).sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(join(policies, FILE), stringify(ordered, { lineWidth: 0 }));
}
