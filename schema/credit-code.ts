/**
 * The unified social credit code of GB 32100-2015: 17 characters and a check character, which is
 * `31 - (sum mod 31)` with 31 written as `0`. The alphabet leaves out I, O, S, V and Z.
 */
import { HubError } from "./errors";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const LENGTH = 18;
const CANONICAL = /^[0-9A-Z]{18}$/;
/** By character code, because every department checks every key of a batch; -1 for what is not of the alphabet. */
const VALUES = Int8Array.from({ length: 128 }, (_, code) => ALPHABET.indexOf(String.fromCharCode(code)));

/** A credit code that has been checked and is in canonical form. */
export type CreditCode = string & { readonly __brand: "CreditCode" };

/** What is wrong with a text that should be a credit code: the reason, and the position (1-18) if it lies at one. */
export interface CreditCodeFault {
  readonly reason: string;
  readonly position?: number;
  readonly expected?: string;
}

/** The check character for the first 17 characters, which must all be of the alphabet. */
export function checkCharacter(body: string): string {
  let sum = 0;
  for (let index = 0; index < WEIGHTS.length; index++)
    sum += VALUES[body.charCodeAt(index)]! * WEIGHTS[index]!;
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

function findFault(code: string): CreditCodeFault | undefined {
  if (code.length !== LENGTH)
    return { reason: `a credit code has 18 characters, this one has ${code.length}` };
  for (let index = 0; index < LENGTH; index++) {
    if ((VALUES[code.charCodeAt(index)] ?? -1) < 0)
      return { reason: `character ${index + 1} is not of the credit code alphabet`, position: index + 1 };
  }
  const expected = checkCharacter(code);
  if (code[17] !== expected)
    return { reason: `the check character (18) should be ${expected}`, position: LENGTH, expected };
  return undefined;
}

/** The canonical form of a text (NFKC, upper case), or the fault that keeps it from being a credit code. */
export function parseCreditCode(
  text: unknown,
): { readonly code: CreditCode } | { readonly fault: CreditCodeFault } {
  if (typeof text !== "string") return { fault: { reason: "a credit code is a text" } };
  if (text.length > 64)
    return { fault: { reason: `a credit code has 18 characters, this one has ${text.length}` } };
  const code = CANONICAL.test(text) ? text : text.normalize("NFKC").toUpperCase();
  const fault = findFault(code);
  return fault ? { fault } : { code: code as CreditCode };
}

/** The canonical credit code, or a HubError INVALID_CREDIT_CODE that names the text, the position and the remedy. */
export function toCreditCode(text: unknown): CreditCode {
  const parsed = parseCreditCode(text);
  if ("code" in parsed) return parsed.code;
  // One bad code among a thousand has to be found again.
  const shown = typeof text === "string" ? ` ${JSON.stringify(text.slice(0, 64))}` : "";
  throw new HubError(
    "INVALID_CREDIT_CODE",
    `Not a unified social credit code${shown}: ${parsed.fault.reason}.`,
  );
}
