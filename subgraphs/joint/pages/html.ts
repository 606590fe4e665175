/** HTML as text in which everything that is not markup of ours is escaped. */

/** Markup that is safe to stand in a page. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(part: Part): string {
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return part.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
  return "html" in part ? part.html : part.map(({ html }) => html).join("");
}

/** A template of markup: texts put into it are escaped, markup and lists of markup are not. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const filled = parts.map((part, index) => escape(part) + strings[index + 1]!);
  return { html: strings[0]! + filled.join("") };
}

/** A code word or cell as written, which may break after `_` and `,` and before a capital, and nowhere else. */
export function code(text: string): Html {
  const pieces = text.split(/(?<=[_,])|(?<=[a-z])(?=[A-Z])/);
  return { html: `<code>${pieces.map(escape).join("<wbr />")}</code>` };
}
