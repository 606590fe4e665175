/** Chance that is the same for the same seed, on every machine and in every order of asking. */

/** Draws for one enterprise. */
export interface Chance {
  /** A number from 0 (included) to 1 (not included). */
  readonly next: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number;
  readonly happens: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** One of the items, each as often as its weight says. */
  readonly weigh: <T>(items: readonly (readonly [item: T, weight: number])[]) => T;
}

// The finaliser of MurmurHash3: each bit of the input changes half of the bits of the output.
function scatter(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The draws that belong to a seed and a number under it. */
export function chanceOf(seed: number, index: number): Chance {
  let state = scatter(scatter(seed) ^ Math.imul(index, 0x9e3779b1));
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    happens: (probability) => next() < probability,
    pick: (items) => items[between(0, items.length - 1)]!,
    weigh: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) if ((left -= weight) < 0) return item;
      return items.at(-1)![0];
    },
  };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/**
 * Every index its own rank among `count`: the indexes of rank below k are exactly k, spread evenly. Each salt gives
 * another order.
 */
export function rankingOf(count: number, seed: number, salt: number): (index: number) => number {
  const start = scatter(seed ^ Math.imul(salt, 0x27d4eb2f));
  let step = (start % count) + 1;
  while (greatestDivisor(step, count) !== 1) step++;
  const shift = scatter(start) % count;
  return (index) => ((((index % count) * (step % count)) % count) + shift) % count;
}
