/** Evidence as the very text in which a department lent it, where nobody on the way had to open it. */

const LENT_TEXT = Symbol("lent text");

/** The JSON text of one branch: its bytes as one character each, and how they become text. No answer that was parsed is one. */
export interface LentText {
  readonly [LENT_TEXT]: true;
  readonly bytes: string;
  readonly decode: (bytes: string) => string;
}

/** Wraps a text. */
export function lentText(bytes: string, decode: LentText["decode"]): LentText {
  return { [LENT_TEXT]: true, bytes, decode };
}

/** Whether a branch is such a text. */
export function isLentText(branch: unknown): branch is LentText {
  return typeof branch === "object" && branch !== null && (branch as Partial<LentText>)[LENT_TEXT] === true;
}

/** The text that says that there is nothing on record of an enterprise, as departments write it when they are asked in our order. */
export function nothingOnRecord(creditCode: string): string {
  return `{"creditCode":"${creditCode}","status":"NONE_ON_RECORD","facts":[]}`;
}

/** What the text says; undefined when it is no JSON. */
export function openLentText({ bytes, decode }: LentText): unknown {
  try {
    return JSON.parse(decode(bytes));
  } catch {
    return undefined;
  }
}
