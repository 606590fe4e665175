/** Arguments of commands: strict, with the usage in the refusal. */
import { parseArgs } from "node:util";

/** The named options of a command, each with one text; an unknown, repeated or missing one is refused. */
export function readArguments(
  args: readonly string[],
  { usage, required }: { readonly usage: string; readonly required: readonly string[] },
): Readonly<Record<string, string>> {
  try {
    const options = Object.fromEntries(required.map((name) => [name, { type: "string" as const }]));
    const { values } = parseArgs({ args: [...args], options, strict: true });
    const missing = required.find((name) => values[name] === undefined);
    if (missing) throw new Error(`--${missing} is missing`);
    return values as Record<string, string>;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
}

/** A whole number within bounds, or an error that names the option. */
export function toCount(
  option: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new Error(`${option} takes a whole number from ${min} to ${max}, not '${text}'`);
}
