/** Writes text as JSON. */

/** Quotes, backslashes, control characters and surrogates; everything else stands in JSON as it is. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** A string as JSON text. Short strings that need no escape are most of them, and cheaper without JSON.stringify. */
export function quote(text: string): string {
  if (text.length > 500 || NEEDS_ESCAPE.test(text)) return JSON.stringify(text);
  return `"${text}"`;
}
