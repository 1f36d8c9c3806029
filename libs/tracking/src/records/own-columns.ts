/** Columns that say what a run is, which no figure and no parameter of another program may take. */
const ownColumns: readonly string[] = [
  ...['id', 'sweep', 'number', 'state', 'created', 'seconds', 'error', 'tags', 'note', 'archived'],
  ...['program', 'experiment', 'name', 'folds'],
];

/** The column of a figure: its name, behind `metrics.` where a column of the run itself has that. */
export function figureColumn(name: string): string {
  return ownColumns.includes(name) ? `metrics.${name}` : name;
}

/** Parameters under names that neither the run itself nor its summary has: behind `params.` where they would. */
export function parametersBeside(
  summary: object,
  parameters: Iterable<readonly [name: string, value: unknown]>,
): Record<string, unknown> {
  const taken = new Set([...ownColumns, ...Object.keys(summary)]);
  return Object.fromEntries(
    Array.from(parameters, ([name, value]) => [taken.has(name) ? `params.${name}` : name, value]),
  );
}
