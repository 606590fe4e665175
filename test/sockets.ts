/** What ways between two sockets have in common. */
import type { Socket } from "node:net";

/** When one of them breaks or closes, the other goes too. */
export function endTogether(near: Socket, far: Socket): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on("error", () => other.destroy());
    one.on("close", () => other.destroy());
  }
}
