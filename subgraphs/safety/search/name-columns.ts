/** The columns by which a name is found, filled whenever a registration is written. */
import { readName } from "./readings";

/**
 * The form in which names and searches are compared: NFKC, lower case, without blanks; ü is written v, as it is typed.
 */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "").replaceAll("ü", "v");
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => characters[index]! + character);
}

/**
 * `name_search`: the folded name, its pinyin and its initials, one a line; `name_grams`: every two neighbouring
 * characters of the name and of the initials, because trigrams cannot find a term of two characters.
 */
export function deriveNameColumns({
  name,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const folded = foldText(name as string);
  const { pinyin, initials } = readName(folded);
  return {
    name_search: [folded, ...pinyin, ...initials].join("\n"),
    name_grams: [...new Set([folded, ...initials].flatMap(pairsOf))],
  };
}
