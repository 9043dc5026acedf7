/** One published vector, and whether this code does what it says. */
export interface Vector {
  /** File, relative to the path that was asked for. */
  readonly name: string;
  /** Undefined when it passes, else what came instead. */
  readonly failure: string | undefined;
}

/** Vectors of one kind, found in one folder. */
export interface Suite {
  readonly folder: string;
  /** What it checks, in words. */
  readonly says: string;
  readonly vectors: readonly Vector[];
  /** Vectors that must be refused, among them. */
  readonly broken: number;
}

/** Files that look like vectors of something that this code does not do. */
export interface Skipped {
  readonly folder: string;
  readonly why: string;
  readonly files: number;
}

export interface Found {
  readonly suites: readonly Suite[];
  readonly skipped: readonly Skipped[];
}
