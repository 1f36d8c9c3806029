import type { Remedy } from '@thaw/base';

/** A mistake in settings: which setting, and what was found and what is allowed. Paths are those of `Settings`, such as ['model', 'alpha']. */
export interface Problem {
  path: (string | number)[];
  message: string;
  /** What would mend it, where the message does not say so. */
  remedy?: Remedy;
}

/** The dotted form of a path, as users write it. */
export function dotted(path: readonly (string | number)[]): string {
  return path.join('.');
}
