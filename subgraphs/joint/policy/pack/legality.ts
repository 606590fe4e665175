/**
 * Law above law: a punishment must belong to a class of the national basic list and rest on the kind of text that the class
 * asks for. A pack that has one outside it loads only as `historical`, and each of its decisions then says so.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "../../../../schema/root";
import type { MeasureSpec, SchemeFile } from "./scheme-file";

const named = { zh: z.string(), en: z.string() };
const basicList = z.strictObject({
  source: z.string(),
  kinds: z.record(
    z.string(),
    z.strictObject({
      ...named,
      bases: z.array(z.enum(["LAW", "REGULATION", "CENTRAL_POLICY", "LOCAL_POLICY"])),
    }),
  ),
  classes: z.record(z.string(), z.strictObject({ ...named, kind: z.string() })),
});

/** The national basic list as data: classes, and the bases that each kind of class asks for. */
export type BasicList = z.infer<typeof basicList>;

const FILE = join(repositoryRoot, "subgraphs", "joint", "policies", "national-basic-list.yaml");
let loaded: BasicList | undefined;

/** The list in force; read once. */
export function loadBasicList(): BasicList {
  return (loaded ??= basicList.parse(parse(readFileSync(FILE, "utf8"))));
}

function outsideBecause(
  { nationalClass, basis }: MeasureSpec,
  { classes, kinds }: BasicList,
): string | undefined {
  if (nationalClass === undefined) return "it names no class of the national basic list";
  const found = classes[nationalClass];
  if (!found) return `the national basic list has no class '${nationalClass}'`;
  const { bases } = kinds[found.kind]!;
  if (bases.includes(basis)) return undefined;
  return `${nationalClass} asks for ${bases.join(" or ")}, not ${basis}`;
}

/** What keeps a pack from being law today: one sentence for each punishment outside the list; none for a historical pack. */
export function legalityFaults(
  file: Pick<SchemeFile, "historical" | "measures">,
  list: BasicList,
): readonly string[] {
  if (file.historical) return [];
  return Object.entries(file.measures).flatMap(([code, measure]) => {
    const reason = measure.direction === "PUNISHMENT" ? outsideBecause(measure, list) : undefined;
    return reason ? [`measures.${code}: ${reason}; only a pack marked historical may have it`] : [];
  });
}
