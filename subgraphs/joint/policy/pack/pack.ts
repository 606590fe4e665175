/** A policy pack as it runs: what its scheme file and its signed tables say, checked and compiled once. */
import type { SchemeVersion, Text } from "../../assessment/assessment";
import type { Evidence } from "../../evidence/evidence";
import type { TableSource } from "../table/table-source";
import type { Program } from "./program";
import type { SchemeFile } from "./scheme-file";

/** A value that the source leaves open or that a city may set: as written in the scheme file. */
export interface Parameter {
  readonly name: string;
  /** A scalar, a list of scalars, a map of scalars or a list of periods. */
  readonly value: unknown;
  /** True where the source text leaves the value open: someone had to set it. */
  readonly open: boolean;
  /** Who set it and why. */
  readonly note: string;
}

/** One version of one scheme, compiled. Immutable. */
export interface Pack {
  readonly scheme: SchemeVersion;
  readonly title: Text;
  readonly jurisdiction: string;
  readonly parameters: readonly Parameter[];
  /** `scheme.yaml` as read: sources, readings, labels, the catalogue of measures. */
  readonly file: SchemeFile;
  /** The decision tables as read, by file name. */
  readonly tables: ReadonlyMap<string, readonly TableSource[]>;
  readonly program: Program;
  /** Absolute path of the folder that the pack was read from. */
  readonly folder: string;
}

/** Who is judged: what `choose` needs to know to find the pack of the place and the trade. */
export interface Subject {
  readonly creditCode: string;
  readonly evidence: Evidence;
}

/** All packs of a folder, in all their versions. */
export interface PackRegistry {
  readonly packs: readonly Pack[];
  /**
   * The version of a scheme that is in force on the day; outside its terms the nearest version, of which every decision
   * warns. Undefined for a scheme that no pack has.
   */
  find(schemeId: string, day: string): Pack | undefined;
  /** The pack in force for the enterprise's district, sector and day when none is named; undefined only without packs. */
  choose(subject: Subject, day: string): Pack | undefined;
}
