/** A page as plain text for terminals, and as one HTML file without scripts, fonts or requests. */
import type { Page, Section } from "./describe-pack";

/** Plain text; tables as one line a cell, so that nothing is cut off. */
export function renderText({ title, subtitle, sections }: Page): string {
  const lines = [title, subtitle, ...sections.flatMap(textOf)];
  return `${lines.join("\n")}\n`;
}

/** HTML that reads on paper and on screen. All text is escaped. */
export function renderHtml({ title, subtitle, sections }: Page): string {
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>
body { font: 16px/1.6 system-ui, "Noto Sans SC", sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.6rem; line-height: 1.3 } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #c8c8c8 }
.subtitle { color: #555; overflow-wrap: anywhere } .scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: .875rem } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #e2e2e2 }
td { white-space: pre-wrap }
th { background: #f3f4f6; white-space: nowrap }
</style></head>
<body><h1>${escape(title)}</h1><p class="subtitle">${escape(subtitle)}</p>
${sections.map(htmlOf).join("\n")}
</body></html>
`;
}

function textOf({ heading, paragraphs, columns, rows }: Section): string[] {
  const cells = (row: readonly string[]) =>
    row.flatMap((cell, at) =>
      at > 0 && cell !== "" && cell !== "-"
        ? [`      ${columns![at]}: ${cell.replaceAll("\n", "\n        ")}`]
        : [],
    );
  return [
    "",
    `## ${heading}`,
    ...paragraphs.map((one) => `  ${one}`),
    ...(rows ?? []).flatMap((row) => [`  ${row[0]}`, ...cells(row)]),
  ];
}

function htmlOf({ heading, paragraphs, columns, rows }: Section): string {
  const line = (cells: readonly string[], tag: "th" | "td") =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  const table =
    rows && rows.length > 0
      ? `<div class="scroll"><table><thead>${line(columns!, "th")}</thead><tbody>${rows.map((row) => line(row, "td")).join("")}</tbody></table></div>`
      : "";
  return `<section><h2>${escape(heading)}</h2>${paragraphs.map((one) => `<p>${escape(one)}</p>`).join("")}${table}</section>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one]!);
}
