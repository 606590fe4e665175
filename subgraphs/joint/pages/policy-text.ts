/** A policy pack on a terminal: what `hub policy show` prints. */
import type { TableSource } from "../policy/table/table-source";
import type { PolicyDocument } from "./policy-document";
import { describeHitPolicy } from "./policy-table";

/** The policy as plain text, one rule a paragraph. */
export function renderPolicyText(document: PolicyDocument): string {
  const { scheme, title, jurisdiction } = document;
  const until = scheme.effectiveUntil ? ` until ${scheme.effectiveUntil}` : "";
  return [
    `${title.zh} · ${title.en}`,
    `${scheme.id} ${scheme.version}, ${jurisdiction}, in force from ${scheme.effectiveFrom}${until}`,
    `sha256 ${scheme.sha256}`,
    ...(scheme.historical ? ["HISTORICAL: today's law no longer allows all its measures."] : []),
    ...document.tables.flatMap(describeTable),
    ...part(
      "Measures",
      document.measures.map(({ code, label, actor, purpose, outcome }) => {
        const effect = purpose && outcome ? `, ${purpose} -> ${outcome}` : "";
        return `${code}: ${label.zh} · ${label.en} (${actor}${effect})`;
      }),
    ),
    ...part(
      "Parameters",
      document.parameters.map(
        ({ name, value, open, note }) => `${name} = ${value}${open ? " [open]" : ""}\n    ${note}`,
      ),
    ),
    ...part("Readings", document.readings),
    ...part(
      "Sources",
      document.sources.map((source) => (source.note ? `${source.title} - ${source.note}` : source.title)),
    ),
    "",
  ].join("\n");
}

function part(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", heading, ...lines.map((line) => `  ${line}`)];
}

function describeTable(table: TableSource): readonly string[] {
  const rows = table.rows.flatMap((row) => [
    `  ${row.id}: ${conditionsOf(table, row.inputs)} => ${resultsOf(table, row.outputs)}`,
    `    ${row.text.zh}`,
    `    ${row.text.en}`,
    `    ${row.legalBasis}`,
  ]);
  return ["", `Table ${table.name}: ${table.label}`, `  ${describeHitPolicy(table.hitPolicy)}`, ...rows];
}

function conditionsOf({ inputs }: TableSource, cells: readonly string[]): string {
  const tested = cells.flatMap((cell, index) =>
    cell.trim() === "-" || cell.trim() === "" ? [] : [`${inputs[index]!.name} ${cell.trim()}`],
  );
  return tested.length === 0 ? "always" : tested.join("; ");
}

function resultsOf({ outputs }: TableSource, cells: readonly string[]): string {
  return cells.map((cell, index) => `${outputs[index]!.name} ${cell.trim()}`).join("; ");
}
