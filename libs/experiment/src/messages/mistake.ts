import { UserError } from '@thaw/base';
import type { Problem } from './problem.ts';
import { dotted } from './problem.ts';
import type { Origin } from '../yaml/tree.ts';

/** A problem and the place where it was written. */
export interface Mistake extends Problem {
  origin: Origin;
}

/** One error that lists every mistake once, in the file's order, each as `<file>:<line>: <key path>: <what was found and what is allowed>`. */
export function mistakesError(mistakes: readonly Mistake[]): UserError {
  const lines = [...mistakes].sort((a, b) => a.origin.order - b.origin.order).map(line);
  const remedy = mistakes.some(({ origin }) => origin.isOverride)
    ? ({ do: 'change', input: 'set' } as const)
    : null;
  return new UserError([...new Set(lines)].join('\n'), { remedy });
}

function line({ origin, path, message }: Mistake): string {
  return [origin.where, ...(path.length > 0 ? [dotted(path)] : []), message].join(': ');
}
