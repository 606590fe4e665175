/** The columns by which a name is found, filled whenever a registration is written. */
import { readName } from "./readings";

/**
 * The form in which names and searches are compared: NFKC, lower case, without blanks; ü is written v, as it is typed.
 */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "").replaceAll("ü", "v");
}

/** Every two neighbouring characters of a text, each once. */
export function pairsOf(text: string): readonly string[] {
  const characters = [...text];
  return [...new Set(characters.slice(1).map((character, index) => characters[index]! + character))];
}

/**
 * `name_folded`: the name as it is compared; `name_sounds`: the pinyin and the initials in all readings, one a line;
 * `name_pairs`: every two neighbouring characters of the name and of the initials, because trigrams cannot find a term
 * of two characters.
 */
export function deriveNameColumns({
  name,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const folded = foldText(name as string);
  const { pinyin, initials } = readName(folded);
  return {
    name_folded: folded,
    name_sounds: [...pinyin, ...initials].join("\n"),
    name_pairs: [...new Set([folded, ...initials].flatMap(pairsOf))],
  };
}
