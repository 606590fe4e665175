/** A value as a cell of a table would write it. */
import type { Column, Value } from "../contract";

/** `77.5` for 775 at scale 1, `"A"` for a text, `date("2019-01-31")` for a day. */
export function showValue(value: Value, { type }: Pick<Column, "type">): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return type.kind === "date" ? `date("${value}")` : JSON.stringify(value);
  const scale = type.kind === "number" ? type.scale : 0;
  const digits = String(Math.abs(value)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}
