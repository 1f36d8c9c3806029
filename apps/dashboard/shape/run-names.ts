/** Short names of runs: the trial's number where that tells them apart, else the id. */
export function runNames(
  runs: readonly { readonly id: string; readonly sweep: string | null; readonly number: number }[],
): string[] {
  const sweeps = new Set(runs.map(({ sweep }) => sweep));
  return runs.map(({ id, sweep, number }) =>
    sweep !== null && (sweeps.size === 1 || (sweeps.size === 2 && sweeps.has(null))) ? `trial ${number}` : id,
  );
}
