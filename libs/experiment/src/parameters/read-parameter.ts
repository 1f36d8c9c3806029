import type { Parameter } from '../experiment.ts';
import type { Tree } from '../yaml/tree.ts';

/** A parameter as it stands in the file: what it is, and values that show what it can be, each with its place. */
export interface ReadParameter {
  readonly parameter: Parameter;
  readonly samples: readonly Tree[];
}

/** Where what was read goes that is no parameter. */
export interface ReadingNotes {
  /** A mistake at its place. */
  readonly mistake: (tree: Tree, path: readonly string[], message: string) => void;
  /** What the user should know, to be read after the parameter's name. */
  readonly remark: (sentence: string) => void;
}
