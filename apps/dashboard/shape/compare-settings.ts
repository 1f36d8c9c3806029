import { flatten } from './flatten.ts';
import { valueText } from './plots/plot-run.ts';

export interface ComparedSetting {
  readonly path: string;
  /** One a run, in their order. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

/** The settings of runs side by side, those that differ first. A run that does not have one shows `not set`. */
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
      const values = flat.map((each) => valueText(each[path]));
      return { path, values, differs: new Set(values).size > 1 };
    });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}
