/** One page of a subgraph's feed of changed enterprises: `GET /changes?after=<position>&wait=<milliseconds>`. */
export interface ChangePage {
  /** Which history the positions belong to; a restored or replaced database has another one. */
  readonly epoch: string;
  /** The position behind which every change is on the page; null when earlier ones are no longer kept. */
  readonly after: number | null;
  /** The newest change's position: its recorded time in milliseconds. */
  readonly position: number;
  /** The credit codes whose facts changed. */
  readonly changed: readonly string[];
}
