import type { SplitSettings } from './settings.ts';

/** Into how many folds training images are dealt, and how often, in words. */
export function dealtWords({ folds = 1, repeats = 1 }: Pick<SplitSettings, 'folds' | 'repeats'>): string {
  return repeats === 1 ? `${folds} folds` : `${folds} folds × ${repeats} repeats`;
}
