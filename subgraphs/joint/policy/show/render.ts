/** A page as plain text for terminals. `subgraphs/joint/pages` renders the same pack as HTML. */
import type { Page } from "./describe-pack";
import type { Section } from "./section";

/** Plain text; tables as one line a cell, so that nothing is cut off. */
export function renderText({ title, subtitle, sections }: Page): string {
  const lines = [title, subtitle, ...sections.flatMap(textOf)];
  return `${lines.join("\n")}\n`;
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
    `## ${heading.zh} ${heading.en}`,
    ...paragraphs.map((one) => `  ${one}`),
    ...(rows ?? []).flatMap((row) => [`  ${row[0]}`, ...cells(row)]),
  ];
}
