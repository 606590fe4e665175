/** Writes trees in which there are verbatim parts, as byte text. */
import { toByteText } from "../byte-text";
import { quote } from "../json-text";
import type { JsonObject } from "../run";
import { isVerbatim } from "./verbatim";

/** An object of which only the values themselves may be verbatim. */
export function writeMembers(object: JsonObject): string {
  let text = "";
  for (const key in object) {
    const value = object[key];
    const written = isVerbatim(value) ? value.bytes : writeValue(value);
    text += `${text === "" ? "" : ","}"${key}":${written}`;
  }
  return `{${text}}`;
}

function writeValue(value: unknown): string {
  return toByteText(typeof value === "string" ? quote(value) : JSON.stringify(value));
}

/** The response keys below which there may be verbatim parts; a leaf is one of them. */
export type VerbatimPlaces = Map<string, VerbatimPlaces>;

/** Any tree: only below `places` is it written here, everything else by JSON.stringify. */
export function writeTree(value: unknown, places: VerbatimPlaces): string {
  if (isVerbatim(value)) return value.bytes;
  if (typeof value !== "object" || value === null || places.size === 0) return writeValue(value);
  if (Array.isArray(value)) return `[${value.map((item) => writeTree(item, places)).join(",")}]`;
  let text = "";
  for (const key in value) {
    const below = places.get(key);
    const member = (value as JsonObject)[key];
    const written = below ? writeTree(member, below) : writeValue(member);
    text += `${text === "" ? "" : ","}"${key}":${written}`;
  }
  return `{${text}}`;
}
