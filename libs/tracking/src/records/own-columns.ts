/** Columns that say what a run is, which no figure and no parameter of another program may take. */
const ownColumns: readonly string[] = [
  ...['id', 'sweep', 'number', 'state', 'created', 'seconds', 'error', 'tags', 'note', 'archived'],
  ...['program', 'experiment', 'name', 'folds'],
];

/** Columns of summaries, also of a run that came to none: no column is a figure of one run and a parameter of another. */
const summaryColumns: readonly string[] = [
  ...['epochs', 'best_epoch', 'gap'],
  ...['train', 'val', 'test'].flatMap((part) => [`${part}_accuracy`, `${part}_loss`]),
];

/** The column of a figure: its name, behind `metrics.` where a column of the run itself, one of `own`, has that. */
export function figureColumn(name: string, own: readonly string[] = ownColumns): string {
  return own.includes(name) ? `metrics.${name}` : name;
}

/**
 * Parameters under names that neither the run itself, in `own`, nor a summary has: behind `params.` where they would. `figures`: the names
 * that summaries have beside those that all have.
 */
export function parametersBeside(
  figures: Iterable<string>,
  parameters: Iterable<readonly [name: string, value: unknown]>,
  own: readonly string[] = ownColumns,
): Record<string, unknown> {
  const taken = new Set([...own, ...summaryColumns, ...figures]);
  return Object.fromEntries(
    Array.from(parameters, ([name, value]) => [taken.has(name) ? `params.${name}` : name, value]),
  );
}
