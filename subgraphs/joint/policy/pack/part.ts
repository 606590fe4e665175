/** The parts that a program is put together from. */
import type { PolicyFault } from "../contract";
import type { ParameterValues } from "./parameters";
import type { ProgramBuilder } from "./program-builder";
import type { SchemeFile } from "./scheme-file";

/** Something that can be added to the program once all names and marks that it reads are there. */
export interface Part {
  /** How faults name it. */
  readonly what: string;
  readonly reads: readonly string[];
  /** Marks (not names) that are there once all parts that carry them are added. */
  readonly waitsFor: readonly string[];
  readonly mark?: string;
  /** Names that are there once it is added, where they are known before. */
  readonly gives?: readonly string[];
  build(): void;
  /** Reports why it cannot be added, where that is known more exactly than that something it reads is missing; declares what it gives. */
  explain?(): void;
}

/** What building a part needs. */
export interface PartScope {
  readonly scheme: SchemeFile;
  readonly builder: ProgramBuilder;
  readonly parameters: ParameterValues;
  /** The names over the input columns of all tables, as often as they stand there. */
  readonly inputNames: readonly string[];
  /** Table files that cannot be read: what they would give is not missing. */
  readonly unreadable: ReadonlySet<string>;
  readonly refuse: (message: string) => void;
  readonly report: (fault: PolicyFault) => void;
}
