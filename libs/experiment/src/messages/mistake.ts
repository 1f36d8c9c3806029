import { UserError, type Remedy } from '@thaw/base';
import type { Problem } from './problem.ts';
import { dotted } from './problem.ts';
import type { Origin } from '../yaml/tree.ts';

/** A problem and the place where it was written. */
export interface Mistake extends Problem {
  origin: Origin;
}

/** A mistake of an experiment file, for whoever shows it beside the text. */
export interface LocatedMistake {
  /** From 1; null where it does not stand in the file. */
  readonly line: number | null;
  readonly column: number | null;
  /** Dotted; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly remedy: Remedy | null;
}

/** What is wrong with an experiment file: one error that lists every mistake. */
export class ExperimentError extends UserError {
  readonly mistakes: readonly LocatedMistake[];

  constructor(message: string, mistakes: readonly LocatedMistake[], remedy: Remedy | null) {
    super(message, { remedy });
    this.mistakes = mistakes;
  }
}

/** One error that lists every mistake once, in the file's order, each as `<file>:<line>: <key path>: <what was found and what is allowed>`. */
export function mistakesError(mistakes: readonly Mistake[]): ExperimentError {
  const sorted = [...mistakes].sort((a, b) => a.origin.order - b.origin.order);
  const located = new Map(sorted.map((mistake) => [line(mistake), locatedMistake(mistake)]));
  const remedy = mistakes.some(({ origin }) => origin.isOverride)
    ? ({ do: 'change', input: 'set' } as const)
    : (sorted.find((mistake) => mistake.remedy)?.remedy ?? null);
  return new ExperimentError([...located.keys()].join('\n'), [...located.values()], remedy);
}

function line({ origin, path, message }: Mistake): string {
  return [origin.where, ...(path.length > 0 ? [dotted(path)] : []), message].join(': ');
}

function locatedMistake({ origin, path, message, remedy }: Mistake): LocatedMistake {
  const { line = null, column = null } = origin;
  return { line, column, path: dotted(path), message, remedy: remedy ?? null };
}
