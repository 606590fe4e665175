/** The demo cast: who appears in every department's `demo.ts`. All of them are synthetic; no such enterprise exists. */

/** The credit codes of the cast, by the part that each plays. */
export const cast = {
  /** The precedent of 2013: graded D after an accident; rebate, loan and project follow. */
  beilunChemical: "91330206FAKE000138",
  /** Standardization level 1 and grade A. */
  modelMachinery: "91330206FAKEX0001H",
  /** A construction firm graded A. */
  modelBuilder: "91330206FAKEX0002L",
  /** A construction firm graded D that owes wages. Its surname 单 has three readings. */
  indebtedBuilder: "91330206FAKEX0003P",
  /** Maintains lifts; graded D, and did not remedy what was found. */
  liftKeeper: "91330206FAKEX0004T",
  /** Carries hazardous goods; lost its traffic credit. */
  hazardousHaulier: "91330206FAKEX0005X",
  /** Nothing against it, nothing special for it. */
  cleanStationer: "91330206FAKEX00061",
  /** What is said against it is disputed. */
  disputedMetalworks: "91330206FAKEX00074",
  /** Owes wages and social insurance, but is not in construction. */
  labourAgency: "91330206FAKEX00087",
  /** Twenty points were taken off; a correction made them five: ask with `knownAt`. */
  correctedMoulder: "91330206FAKEX0009A",
  /** Owes tax and a loan. */
  overdueTrader: "91330206FAKEX0010F",
  /** Was on the safety blacklist and was taken off in due form. */
  reformedFireworks: "91330206FAKEX0011J",
} as const;
