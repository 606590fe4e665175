/** How a Chinese name sounds: all readings that a searcher may type, as pinyin without tones and as initials. */
import { pinyin } from "pinyin-pro";

/** The readings of a name, each once. */
export interface NameReadings {
  readonly pinyin: readonly string[];
  readonly initials: readonly string[];
}

// 单, 行, 会 and the like: five of them with two readings each still give every combination.
const COMBINATIONS_MAX = 32;

const readingsByCharacter = new Map<string, readonly string[]>();

// pinyin-pro reads 19,000 names a second, but some 7,000 characters make all names: each is looked up once.
function readingsOf(character: string): readonly string[] {
  const known = readingsByCharacter.get(character);
  if (known) return known;
  const isHan = /\p{Script=Han}/u.test(character);
  const readings = isHan ? [...new Set([...lookUp(character), ...lookUpSurname(character)])] : [character];
  readingsByCharacter.set(character, readings);
  return readings;
}

const lookUp = (character: string): string[] =>
  pinyin(character, { multiple: true, toneType: "none", type: "array", v: true });

const lookUpSurname = (character: string): string[] =>
  pinyin(character, { surname: "all", toneType: "none", type: "array", v: true });

/** The readings of a folded name. Past 32 combinations the later characters keep their first reading only. */
export function readName(foldedName: string): NameReadings {
  let combinations: { readonly pinyin: string; readonly initials: string }[] = [{ pinyin: "", initials: "" }];
  for (const character of foldedName) {
    const readings = readingsOf(character);
    const kept = combinations.length * readings.length <= COMBINATIONS_MAX ? readings : readings.slice(0, 1);
    combinations = combinations.flatMap(({ pinyin: sounds, initials }) =>
      kept.map((reading) => ({ pinyin: sounds + reading, initials: initials + reading.slice(0, 1) })),
    );
  }
  return {
    pinyin: [...new Set(combinations.map((combination) => combination.pinyin))],
    initials: [...new Set(combinations.map((combination) => combination.initials))],
  };
}
