import { flatten } from '@thaw/base/browser';
import { valueText } from './plots/plot-run.ts';

export interface ComparedSetting {
  readonly path: string;
  /** One a run, in their order. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

/**
 * The settings of runs side by side, those that differ first. A run that does not have one shows `not set`; imported results, whose
 * settings nobody knows, show `not known` and differ from no other by that.
 */
export function compareSettings(
  runs: readonly { readonly settings: object | null; readonly parameters: object }[],
): ComparedSetting[] {
  const flat = runs.map(({ settings, parameters }) => ({
    ...Object.fromEntries(flatten(settings ?? {})),
    ...parameters,
  })) as Record<string, unknown>[];
  const paths = [...new Set(flat.flatMap((each) => Object.keys(each)))];
  const rows = paths
    // A parameter may name a whole section whose parts stand among the settings.
    .filter((path) => !paths.some((other) => other.startsWith(`${path}.`)))
    .map((path) => {
      const isKnown = (i: number) => runs[i]!.settings !== null || path in flat[i]!;
      const values = flat.map((each, i) => (isKnown(i) ? valueText(each[path]) : 'not known'));
      return { path, values, differs: new Set(values.filter((_, i) => isKnown(i))).size > 1 };
    });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}
