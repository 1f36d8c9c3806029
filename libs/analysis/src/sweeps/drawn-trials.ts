/**
 * The trials of which a figure over parameters is drawn, on pages as in reports: those that have finished, as the others have trained
 * less, and whose value is a finite number.
 */
export function drawnTrials<T extends { readonly state: string }>(
  trials: readonly T[],
  valueOf: (trial: T) => number | null,
): T[] {
  return trials.filter((trial) => trial.state === 'finished' && Number.isFinite(valueOf(trial)));
}

/** The parameters that have more than one value among trials, none being one, in the order in which they are met. */
export function variedParameters(
  trials: readonly { readonly parameters: Readonly<Record<string, unknown>> }[],
): string[] {
  const values = new Map<string, Set<string>>();
  for (const { parameters } of trials) {
    for (const [name, value] of Object.entries(parameters)) {
      values.set(name, (values.get(name) ?? new Set()).add(JSON.stringify(value)));
    }
  }
  const isMissing = (name: string) => trials.some(({ parameters }) => !(name in parameters));
  return [...values].flatMap(([name, met]) => (met.size > 1 || isMissing(name) ? [name] : []));
}
