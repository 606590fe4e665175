/** Days of the synthetic city, which knows nothing after its last day. */
import type { Chance } from "./random";

const DAY_MS = 86_400_000;

/** The last day on which anything happened in a generated city. */
export const LAST_DAY = "2026-10-31";

/** The day so many days after another; before it when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day so many years later; 29 February gives the 28th. */
export function addYears(day: string, years: number): string {
  const moved = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return moved.endsWith("-02-29") ? moved.replace("-29", "-28") : moved;
}

/** A day within the last years of the city. */
export function recentDay(chance: Chance, years: number): string {
  return addDays(LAST_DAY, -chance.between(1, years * 365));
}

/** The day when it is one the city has seen, else nothing. */
export function ifPast(day: string): string | undefined {
  return day <= LAST_DAY ? day : undefined;
}
